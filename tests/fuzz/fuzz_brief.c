/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as the template of a brief on a small file: checked, composed and pressed to
 * every format, or refused with a message. So every block, filter and chart is reached;
 * fuzz_template stops at the tree. */
#include "sitrep.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char path[] = "build/fuzz/brief-fuzzed/brief.md";
static const char folder[] = "build/fuzz/brief-fuzzed";

static const char rows[] =
    "date,side,type,province,district,agency,actor,target,killed,injured,lat,lon,"
    "summary,source\n"
    "2026-10-26,attack,IED,Balochistan,Kech,,BLA,police,3,5+,26.0,63.0,a \"quoted\" "
    "one,"
    "x\n"
    "2026-10-27,operation,raid,Khyber Pakhtunkhwa,Bannu,police; "
    "CTD,TTP,,2,,33,70.6,b,y\n"
    "2026-11-02,attack,shooting,Khyber "
    "Pakhtunkhwa,Bannu,,TTP,civilians,1,0,33,70.6,c,\n"
    "2026-11-03,attack,IED,,,,,,,,,,نامعلوم,\n"
    "2026-11-04,attack,IED,Sindh,Karachi,,,army,40,100,24.9,67,d,z\n"
    "2026-11-05,operation,raid,Balochistan,Kech,FC,BLA,,0,,26,63,e|*_,\n"
    "2026-11-09,attack,IED,Balochistan,Quetta,,ISKP,mosque,12,30,30.2,67,f,y\n"
    "2026-11-15,attack,ambush,Punjab,Attock,,,police,1,1,33.7,72.4,g,y\n";

static int count_bytes(const void *bytes, size_t size, void *context)
{
    (void)bytes;
    *(size_t *)context += size;
    return 0;
}

static bool write_template(const uint8_t *data, size_t size)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    bool ok = file >= 0 && write(file, data, size) == (ssize_t)size;
    if (file >= 0)
        close(file);
    return ok;
}

static void press(struct sitrep *sitrep)
{
    static const char *const formats[] = {"txt", "pdf", "json"};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        size_t written = 0;
        int status = sitrep_write(sitrep, formats[i], count_bytes, &written);
        if ((status == SITREP_OK) != (written > 0))
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!write_template(data, size)) {
        fprintf(stderr, "make the folder %s first\n", folder);
        abort();
    }
    struct sitrep *sitrep = sitrep_new(".");
    sitrep_add_data_bytes(sitrep, "incidents", rows, sizeof rows - 1);
    int status = sitrep_compose(sitrep, path);
    if (status == SITREP_OK)
        press(sitrep);
    else if (sitrep_message_count(sitrep) == 0)
        abort();
    for (size_t i = 0; i < sitrep_message_count(sitrep); i++)
        if (!sitrep_message_text(sitrep, i)[0])
            abort();
    sitrep_free(sitrep);
    return 0;
}
