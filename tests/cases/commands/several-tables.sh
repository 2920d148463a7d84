# Measures of two tables by the same words, in one block, inside an each and with --each:
# every number is its own table's, and nothing is another group's.
cat > incidents.csv <<'CSV'
date,province,district,side,killed
2026-11-02,Sindh,Karachi,attack,0
2026-11-09,Khyber Pakhtunkhwa,Karak,attack,2
2026-11-10,Khyber Pakhtunkhwa,Bannu,attack,0
2026-11-11,Sindh,Karachi,attack,1
2026-11-12,Punjab,Lahore,attack,1
2026-11-15,Khyber Pakhtunkhwa,Karak,operation,3
CSV
cat > camps.csv <<'CSV'
date,province,camp,families
2026-11-09,Sindh,Dadu,40
2026-11-10,Punjab,Multan,5
2026-11-11,Sindh,Sukkur,7
2026-11-15,Sindh,Thatta,1
CSV
cat > brief.md <<'MD'
---
title: Two tables
data: {incidents: incidents.csv, camps: camps.csv}
period: last complete week
measures:
  attacks: count where side is attack
  camps: {is: count, data: camps}
  families: {is: sum of families, data: camps}
---
The country: {{ national.attacks }} attacks; here {{ attacks }}, {{ camps }} camps.

```table
rows: province
show: attacks, camps, families
```

```chart
type: bars
show: camps
by: province
```

::: each province where camps >= 1, camps highest first
{{ province }}: {{ attacks }} of {{ national.attacks }} attacks, {{ camps }} of {{ national.camps }} camps.

```incidents
data: camps
show: date, camp
```
::: end each
MD
sitrep render brief.md -q -o whole.txt && cat whole.txt
sitrep render brief.md -q --each province -o '{province}.txt'
echo "exit $?"
for name in 'Khyber Pakhtunkhwa' Sindh; do
    echo "== $name"
    cat "$name.txt"
done

echo "== a measure whose table doesn't have the words"
sed -i 's/^rows: province/rows: district/' brief.md
sitrep render brief.md -o wrong.txt
echo "exit $?"
