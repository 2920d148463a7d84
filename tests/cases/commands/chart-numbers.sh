# Numbers in charts, each counted again from the file by awk: grids over the calendar,
# rates and maxima of "others", totals of a field with several values a cell.
cp "$SITREP_HOME/samples/incidents.csv" samples.csv
samples=samples.csv
cat >brief.md <<END
---
title: Numbers
data: $samples
period: 2026-10
measures:
  attacks: {is: count where side is attack, tone: attack}
  operations: {is: count where side is operation, tone: operation}
  killed: {is: sum of killed where side is attack, tone: attack}
  per attack: {is: killed per attacks, tone: attack}
  worst: {is: highest killed where side is attack, tone: attack}
---
# Numbers
END
figure() { # id, then the keys
    printf '\n```chart\nid: %s\n%s\n```\n' "$1" "$2" >>brief.md
}
figure days 'type: heat
show: attacks
by: weekday
split by: province'
figure rates 'type: bars
show: per attack
by: province
top: 2
others: yes'
figure worst 'type: multiples
show: worst
by: month
last: 3 months
split by: province
top: 2
others: yes'
figure joint 'type: stacked
show: operations
by: province
split by: agency'

# Rows as "month weekday(0 Monday) province side agency killed", separated by |.
awk -F, 'NR > 1 {
    split($2, d, "-"); y = d[1]; m = d[2] + 0
    a = int((14 - m) / 12); yy = y + 4800 - a; mm = m + 12 * a - 3
    day = d[3] + int((153 * mm + 2) / 5) + 365 * yy + int(yy / 4) - int(yy / 100) + \
          int(yy / 400) - 32045
    if ($3 == "KP" || $3 == "KPK") $3 = "Khyber Pakhtunkhwa"
    print substr($2, 1, 7) "|" day % 7 "|" $3 "|" $7 "|" $9 "|" $11
}' "$samples" >rows

agree() { # what: awk prints "same" or what differs
    echo "$1: $(awk "$2" FS='|' rows FS=, "$3")"
}
chart() { # template, id: its numbers in id.csv
    sitrep chart "$1#$2" -o - -f csv -q | tr -d '\r' >$2.csv
}
for id in days rates worst joint; do
    chart brief.md $id
done
agree "attacks by weekday and province" '
NR == FNR { if ($4 == "attack") n[$2, $3]++; next }
FNR == 1 { for (i = 2; i <= NF; i++) name[i] = $i; next }
{ for (i = 2; i <= NF; i++) { all++; if ($i != n[FNR - 2, name[i]] + 0) bad = bad " " $1 name[i] } }
END { print (all == 49 && !bad) ? "same" : "not the same" bad }' days.csv
agree "killed per attack elsewhere" '
NR == FNR { if ($4 == "attack" && $1 == "2026-10") { a[$3]++; k[$3] += $6 } next }
FNR == 1 { next }
$1 != "Others" { shown[$1] = 1; if ($2 - k[$1] / a[$1] > 1e-9) bad = bad " " $1 }
$1 == "Others" { others = $2 }
END { for (p in a) if (!(p in shown)) { attacks += a[p]; killed += k[p] }
    d = others - killed / attacks
    print (d * d < 1e-12 && !bad) ? "same" : "not the same" bad " " others }' rates.csv
agree "most killed elsewhere in one attack" '
NR == FNR { if ($4 == "attack" && $6 + 0 > most[$1, $3]) most[$1, $3] = $6 + 0; p[$3]; next }
FNR == 1 { for (i = 4; i < NF; i++) { name[i] = $i; shown[$i] } next }
{ best = 0; for (q in p) if (!(q in shown) && most[$1, q] > best) best = most[$1, q]
  for (i in name) if (name[i] != "Others" && $i != most[$1, name[i]]) bad = bad " " name[i] $1
  if ($6 != best) bad = bad " " $1 }
END { print bad ? "not the same" bad : "same" }' worst.csv
agree "operations by province" '
NR == FNR { if ($4 == "operation" && $1 == "2026-10") n[$3]++; next }
FNR == 1 { next }
{ sum = 0; for (i = 2; i <= NF; i++) sum += $i; parts += sum; print $1, n[$1], sum }' joint.csv
# What stands behind the bars is the number of operations, not of their agencies.
sitrep render brief.md -f json -o - -q | grep -A2 '"chart, all parts"' | grep '"value"' |
    tr -d ' '

# "Others" of bars in parts are the rest of both fields; an average stops at a break.
cat >more.md <<'END'
---
title: Numbers
data: samples.csv
period: 2026-10
breaks:
  2026-08-01: a new source
measures:
  attacks: {is: count where side is attack, tone: attack}
---
```chart
id: parts
type: stacked
show: attacks
by: province
split by: side
top: 2
others: yes
```
```chart
id: mean
type: line
show: attacks
by: month
last: 5 months
average: 2 months
```
END
chart more.md parts
chart more.md mean
agree "attacks elsewhere" '
NR == FNR { if ($4 == "attack" && $1 == "2026-10") n[$3]++; next }
FNR == 1 { next }
$1 != "Others" { shown[$1]; if ($2 != n[$1]) bad = bad " " $1 }
$1 == "Others" { others = $2 + 0 }
END { for (p in n) if (!(p in shown)) rest += n[p]
    print (rest == others && !bad) ? "same" : "not the same" bad " " others }' parts.csv
agree "averages of two months" '
NR == FNR { if ($4 == "attack") n[$1]++; next }
FNR > 1 { own = before == "2026-07" ? "" : (n[before] + n[$1]) / 2
    if (FNR > 2 && $5 != own) bad = bad " " $1; before = $1 }
END { print bad ? "not the same" bad : "same" }' mean.csv
