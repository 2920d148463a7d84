# Two languages from one template; nothing is written when their figures differ.
cat >twins.md <<'MD'
---
title: {en: Test Brief, ur: آزمائشی بریف}
data: incidents.csv
period: last complete week
measures:
  attacks: count where side is attack
  killed: sum of killed where side is attack
---
::: only en
# {{ attacks | count("attack") }}[^en]

There were {{ attacks }}.
::: end only

::: only ur
# {{ attacks | count("attack") }}[^ur]

حملوں کی تعداد {{ attacks }} رہی۔
::: end only

```chart
type: bars
title: {en: Where, ur: کہاں}
show: attacks
by: province
```

[^en]: In English.

[^ur]: اردو میں۔
MD
sitrep render twins.md --language en,ur -o 'brief-{language}.txt'
echo "exit $?"
cat brief-en.txt brief-ur.txt
sitrep render twins.md --language ur -o alone.txt && cmp alone.txt brief-ur.txt
echo "-- a figure in one language only"
rm brief-*.txt
sed 's/تعداد {{ attacks }}/تعداد {{ killed }}/' twins.md >wrong.md
sitrep render wrong.md --language en,ur -o 'brief-{language}.txt'
echo "exit $?"
ls brief-*.txt 2>/dev/null
echo "-- a text that is missing in one language"
sed 's/, ur: کہاں//' twins.md >half.md
sitrep render half.md --language ur -o half.txt
echo "-- one file for two, a language twice, none such"
sitrep render twins.md --language en,ur -o brief.txt
sitrep render twins.md --language en,en -o 'brief-{language}.txt'
sitrep render twins.md --language en,xx -o 'brief-{language}.txt'
echo "exit $?"
echo "-- only what?"
sed 's/::: only ur/::: only Urdu/' twins.md >only.md
sitrep render only.md -o only.txt
echo "-- the words beside a PDF in Urdu"
sitrep render twins.md --language en,ur -o 'pair-{language}.pdf' && ls pair-*
cmp pair-ur.txt alone.txt
echo "-- the numbers of phrases, periods and values agree, too; lists may differ in length"
pair() { # text in English, text in Urdu
    cat >pair.md <<MD
---
title: {en: Test Brief, ur: آزمائشی بریف}
data: incidents.csv
period: last complete week
compare: previous week, 12-week average
measures:
  attacks: count where side is attack
  killed: sum of killed where side is attack
  per attack: killed per attacks
values:
  toll: {en: 12, ur: ۱۳}
  seats: {en: "1,250", ur: "۱٬۲۵۰"}
---
::: only en
$1
::: end only

::: only ur
$2
::: end only

\`\`\`incidents
limit: {en: 2, ur: 1}
\`\`\`
MD
    sitrep render pair.md --language en,ur -o 'brief-{language}.txt' 2>&1 |
        grep -E 'error\[|warning\['
    [ -e brief-ur.txt ] && echo "agree: $1" && rm brief-*.txt
}
pair '{{ period }}' '{{ period.previous }}'
pair '{{ killed | change("previous week") }}' '{{ attacks }}'
pair '{{ toll }}' '{{ toll }}'
pair '{{ per attack | number(1) }}' '{{ per attack | number(2) }}'
pair '{{ data.rows }}' '{{ seats }}'
pair '{{ data.last | date("MMMM") }}' '{{ data.first | date("d") }}'
pair 'Of {{ seats }} {{ attacks | count("attack") }}: {{ attacks | change }}, {{ period }}' \
    '{{ period | dates }}: {{ attacks }}، {{ attacks | change("previous week") }}؛ {{ seats }}'
