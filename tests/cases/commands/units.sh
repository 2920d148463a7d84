# What a change is on, and what it is a change of.
awk 'BEGIN {
    print "date,province,district,type,side,actor,target,killed,injured,summary"
    for (week = 0; week < 16; week++)
        for (i = 0; i < (week < 12 ? 4 : 3); i++)
            printf "2026-%s,Sindh,Karachi,IED,attack,BLA,civilian,%d,0,x\n", \
                day(week * 7 + 1), i == 0 && week % 2 ? 9 : 1
}
function day(n,  month, length_of) {
    split("31 28 31 30 31", length_of, " ")
    for (month = 1; n > length_of[month]; month++) n -= length_of[month]
    return sprintf("%02d-%02d", month, n)
}' >many.csv
head() {
    cat <<MD
---
title: {en: Units, ur: اکائیاں}
data: many.csv
period: $1
as of: 2026-04-22
compare: ${2:-previous week}
measures:
  attacks: count where side is attack
  deadly: count where side is attack and killed >= 5
  deadly share:
    is: share of deadly in attacks
    label: {en: Deadly share, ur: مہلک حملوں کا حصہ}
---
MD
}
echo "-- a card of four weeks is compared with the four weeks before"
head 'last 4 weeks' >cards.md
printf '```cards\nshow: attacks\n```\n' >>cards.md
for language in en ur; do
    sitrep render cards.md --language $language -o - -f txt | tail -1
done
echo "-- the change of a share is in percentage points, everywhere"
head 'last complete week' >share.md
cat >>share.md <<'MD'
```cards
show: deadly share
```

```table
rows: province
show: deadly share, deadly share change
```

{{ deadly share | change }}; {{ deadly share }}, before {{ deadly share.previous }}.
MD
for language in en ur; do
    sitrep render share.md --language $language -o - -f txt | tail -4
done
printf '```chart\ntype: diverging\nshow: deadly share\nby: province\ncompare: previous week\n```\n' |
    cat share.md - >chart.md
sitrep render chart.md -o chart.pdf && pdftotext chart.pdf - | grep -c '+33.3 pts'
echo "-- hints name what the brief's own period is compared with"
wrong() { # period, then text
    head "$1" >wrong.md
    printf '%s\n' "$2" >>wrong.md
    sitrep check wrong.md 2>&1 | grep -A2 'error\['
}
wrong 'last 4 weeks' '{{ attacks | change("previous week") }}'
wrong '2026-04-01..2026-04-17' '{{ attacks | change("previous week") }}'
wrong '2026-04-01..2026-04-17' '{{ attacks | trend("26 weeks") }}'
wrong 'last 4 weeks' '```chart
type: bars
show: attacks
by: province
tick: previous week
```'
wrong 'last 4 weeks' '{{ attacks | change("previous 4 weeks") }}' || echo "that one fits"
