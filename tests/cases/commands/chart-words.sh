# What a chart doesn't show it says: no period before, one that isn't over, unknown
# numbers, the smallest changes. Zero is 0, missing is nothing at all.
cat >tolls.csv <<'END'
date,province,side,agency,killed
2026-09-02,Sindh,attack,,
2026-09-20,Punjab,attack,,0
2026-10-01,Sindh,attack,,0
2026-10-02,Sindh,attack,,0
2026-10-03,Punjab,attack,,0
2026-11-03,Punjab,attack,,0
END
brief() { # period, then the chart's keys
    cat <<END
---
title: Words
data: tolls.csv
period: $1
as of: 2026-11-10
measures:
  attacks: {is: count where side is attack, tone: attack}
  killed: {is: sum of killed, tone: attack}
---
\`\`\`chart
id: one
$2
by: province
\`\`\`
END
}
words() {
    brief "$@" >words.md
    sitrep render words.md -f txt -o - -q | tail -n +4
}
for type in dumbbell diverging waterfall; do
    words 2026-09 "type: $type
show: attacks
compare: previous month"
    words 2026-11 "type: $type
show: attacks
compare: previous month"
done
words 2026-11 'type: bars
show: attacks
tick: previous month'
words 2026-10 'type: bars
show: killed
where: province in (Sindh, Punjab) and killed >= 0'
for type in area multiples stacked heat; do
    brief 2026-10 "type: $type
show: killed
last: 2 months
split by: province" | sed 's/^by: province/by: month/' >split.md
    sitrep chart split.md#one -o - -f csv -q | tr -d '\r'
done

# Forty-one districts in room for few: the changes that are kept are the largest, the
# greatest fall among them, and the steps of a waterfall lead to the total.
awk 'BEGIN {
    print "date,province,side,killed"
    for (i = 1; i <= 41; i++)
        for (month = 9; month <= 10; month++) {
            n = month == 9 ? i % 7 + (i == 40) * 30 : i % 5 + (i == 3) * 20
            for (j = 0; j < n; j++) printf "2026-%02d-05,Place %d,attack,1\n", month, i
        }
    print "2026-08-31,Place 1,attack,1\n2026-10-31,Place 41,attack,1"
}' >tolls.csv
for type in dumbbell diverging waterfall; do
    brief 2026-10 "type: $type
show: attacks
height: 100
compare: previous month" >cut.md
    sitrep chart cut.md#one -o - -f csv -q | tr -d '\r' >cut.csv
    said=$(sitrep render cut.md -f txt -o - -q | grep -o 'more changed by at most [0-9]*')
    awk -v type=$type -v said="${said##* }" 'FS = "," { }
NR == FNR { m = substr($1, 6, 2) + 0; if (FNR > 1 && m > 8) n[$2, m]++; p[$2]; next }
FNR > 1 { shown[$1]; last = $2; if (FNR == 2) level = $2; else if ($1 != "now") level += $2 }
END {
    if (type == "waterfall") { print "closes at " level ", now " last; exit }
    least = 1e9; most = 0
    for (q in p) {
        c = n[q, 10] - n[q, 9]; c = c < 0 ? -c : c
        if (q in shown) { if (c < least) least = c } else if (c > most) most = c
    }
    print type, ("Place 40" in shown), (least >= most && most == said ? "the largest, and so it says" : "not the largest")
}' tolls.csv cut.csv
done
