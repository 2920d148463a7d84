# A brief for each province in each language, from one load; one whose figures differ
# isn't written, in no language, and the others are.
cat >each.md <<'MD'
---
title: {en: Test Brief, ur: آزمائشی بریف}
data: incidents.csv
period: last complete week
measures:
  attacks: count where side is attack
  killed: sum of killed where side is attack
values:
  province:
---
::: only en
# {{ province }}: {{ attacks | count("attack") }}
::: end only

::: only ur
# {{ province }}: {{ attacks | count("attack") }}
::: end only
MD
sitrep render each.md --each province --language en,ur -o 'out/{province}-{language}.pdf' \
    --text 'out/{province}-{language}.txt'
echo "exit $?"
ls out
sed -sn 4p out/Sindh-en.txt out/Sindh-ur.txt
sitrep render each.md --each province --language ur -o 'one/{province}-{language}.txt'
cmp one/Sindh-ur.txt out/Sindh-ur.txt && echo "alone the same"
echo "-- a figure in one language only"
sed '/^::: only ur/,$s/{{ attacks/{{ killed/' each.md >wrong.md
sitrep render wrong.md --each province --language en,ur -j 1 -o 'wrong/{province}-{language}.txt'
echo "exit $?"
ls wrong
echo "-- one file for two"
sitrep render each.md --each province --language en,ur -o '{province}.txt'
echo "exit $?"
