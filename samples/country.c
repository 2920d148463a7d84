/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The country: its districts, and what is attacked in them. */
#include "incident.h"

// clang-format off
const struct district districts[] = {
#define PLACE(region, name, latitude, longitude, weight, places) \
    {region, name, latitude, longitude, weight, places},
#include "places.def"
};

const struct target targets[] = {
    {"police", TARGET_FORCES, {30, 12, 22},
     "{a police {post|van|checkpost|patrol}|a police {station|mobile}|policemen on {duty|patrol}}",
     "policeman/policemen", "civilian/civilians"},
    {"army", TARGET_FORCES, {15, 7, 1},
     "{an army {convoy|post|vehicle}|a {military|joint} {post|convoy}|a foot patrol}",
     "soldier/soldiers", "civilian/civilians"},
    {"Frontier Corps", TARGET_FORCES, {9, 18, 0},
     "{a Frontier Corps {post|vehicle|convoy|camp}|a Frontier Corps {picket|patrol}}",
     "soldier/soldiers", "civilian/civilians"},
    {"Levies", TARGET_FORCES, {0, 8, 0}, "{a Levies {post|vehicle|station}|a Levies {patrol|picket}}",
     "Levies man/Levies men", "civilian/civilians"},
    {"Rangers", TARGET_FORCES, {0, 0, 6}, "{a Rangers {vehicle|post}|a Rangers patrol}",
     "ranger/rangers", "civilian/civilians"},
    {"police; civilian", TARGET_PUBLIC, {4, 2, 3}, "{a police van in the bazaar|a polling office|a court building}",
     "policeman/policemen", "passer-by/passers-by"},
    {"tribal elder", TARGET_PERSON, {8, 3, 1}, "{a tribal elder|a malik and his son|an elder on his way home}",
     "guard/guards", "elder/tribesmen"},
    {"peace committee", TARGET_PERSON, {6, 1, 0}, "{a peace committee {member|office|leader}|the house of a peace committee member}",
     "guard/guards", "committee member/committee members"},
    {"government official", TARGET_PERSON, {4, 4, 4}, "{the car of an official|an assistant commissioner's convoy|a revenue official|a prosecutor's house}",
     "guard/guards", "official/officials"},
    {"health worker", TARGET_PERSON, {4, 1, 2}, "{a vaccination team|a health team|a health worker}",
     "policeman/policemen", "health worker/health workers"},
    {"teacher", TARGET_PERSON, {2, 1, 0}, "{a teacher|a school van|a headmaster}",
     "guard/guards", "teacher/teachers"},
    {"political worker", TARGET_PERSON, {3, 3, 5}, "{a party worker|a local party leader|a corner meeting}",
     "guard/guards", "party worker/party workers"},
    {"religious scholar", TARGET_PERSON, {3, 1, 6}, "{a religious scholar|a prayer leader|a seminary teacher}",
     "guard/guards", "scholar/worshippers"},
    {"journalist", TARGET_PERSON, {.7, .8, 1}, "{a local reporter|a journalist's house}",
     "guard/guards", "reporter/reporters"},
    {"labourer", TARGET_PERSON, {1, 8, 2}, "{a labour camp|labourers from another province|a construction crew|road workers}",
     "guard/guards", "labourer/labourers"},
    {"mine worker", TARGET_PERSON, {1, 4, 0}, "{a coal mine|a truck convoy from the mines|miners}",
     "Levies man/Levies men", "miner/miners"},
    {"civilian", TARGET_PUBLIC, {11, 10, 18}, "{a {shop|hotel|market}|a passenger van|a family's car|a house|villagers}",
     "guard/guards", "civilian/civilians"},
    {"transport", TARGET_PUBLIC, {2, 7, 3}, "{a passenger bus|a goods truck|oil tankers|a roadside hotel for drivers}",
     "guard/guards", "passenger/passengers"},
    {"mosque", TARGET_PUBLIC, {1.2, .6, 1.5}, "{a mosque|an imambargah|a shrine}",
     "policeman/policemen", "worshipper/worshippers"},
    {"school", TARGET_WORKS, {3, .5, .3}, "{a girls' school|a school under construction|a private school}",
     "guard/guards", "watchman/watchmen"},
    {"gas pipeline", TARGET_WORKS, {1, 4, 1}, "{a gas pipeline|a gas valve assembly}",
     "guard/guards", "worker/workers"},
    {"railway", TARGET_WORKS, {.3, 3, 2}, "{the railway {track|line}|a railway bridge|a goods train}",
     "railway policeman/railway policemen", "passenger/passengers"},
    {"power line", TARGET_WORKS, {1, 2, 1}, "{a power pylon|a transmission line|a grid station}",
     "guard/guards", "lineman/linemen"},
    {"mobile tower", TARGET_WORKS, {1, 3, .4}, "{a mobile phone tower|a telecom tower}",
     "guard/guards", "technician/technicians"},
    {"bank", TARGET_PUBLIC, {1, 3, 3}, "{a bank branch|a cash van}",
     "guard/guards", "bank employee/bank employees"},
};
// clang-format on
const size_t district_count = sizeof districts / sizeof *districts;
const size_t target_count = sizeof targets / sizeof *targets;

const char *region_province(enum region region)
{
    static const char *const province[REGION_COUNT] = {"Khyber Pakhtunkhwa",
                                                       "Khyber Pakhtunkhwa",
                                                       "Balochistan",
                                                       "Balochistan",
                                                       "Sindh",
                                                       "Punjab",
                                                       "Islamabad",
                                                       "Gilgit-Baltistan",
                                                       "Azad Kashmir"};
    return province[region];
}
