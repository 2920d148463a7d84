# digits: urdu reaches every number: marks, notes, lists, signs, the issue, our sentences.
awk 'BEGIN {
    print "date,province,district,type,side,actor,target,killed,injured,summary"
    for (i = 0; i < 80; i++)
        printf "2026-11-%02d,Sindh,Sukkur,IED,attack,BLA,police,1,0,x\n", \
            i < 30 ? 2 + i % 7 : 9 + i % 7
}' >two-weeks.csv
cat >digits.md <<'MD'
---
title: رپورٹ
language: ur
digits: urdu
data: two-weeks.csv
period: 2026-W46
compare: previous week
measures:
  attacks: count where side is attack
values:
  issue: 46
footer: "شمارہ {{ issue }}"
---
تعداد {{ attacks }}[^a]، شمارہ {{ issue }}، {{ attacks | trend("2 weeks") }}

3. پہلا[^b]
4. دوسرا

```table
rows: district
show: attacks, attacks change, attacks percent change, attacks share
```

```method
```

[^a]: حاشیہ
[^b]: Dawn, London
MD
sitrep render digits.md -o digits.pdf --text digits.txt
cat digits.txt
echo "-- marks of direction: before the plus; a note's number at the right of Latin words"
grep -c "$(printf '\342\200\216+')" digits.txt
grep -c "$(printf '\330\234')" digits.txt
pdftotext -f 1 -l 1 digits.pdf - | grep -c '46'
