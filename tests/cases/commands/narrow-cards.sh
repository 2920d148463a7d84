# What six cards have no room for is told once a block, in both languages.
{
    echo date,province,type,side,killed,injured
    for week in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
        day=$(printf '2026-%02d-%02d' $((8 + (week - 1) / 4)) $((1 + 7 * ((week - 1) % 4))))
        for n in 1 2 3 4 5 6 7 8 9 10 11 12; do
            [ "$n" -le $((4 + week % 5)) ] && echo "$day,Sindh,IED,attack,$((n * week)),$n"
            [ "$n" -le 3 ] && echo "$day,Punjab,Raid,operation,$n,1"
        done
    done
} >incidents.csv
cat >cards.md <<'END'
---
title: {en: Brief, ur: بریف}
data: incidents.csv
period: 2026-W45
compare: previous week, 8-week average
measures:
  attacks: count where side is attack
  killed: sum of killed where side is attack
  injured: sum of injured
  operations: count where side is operation
---
```cards
show: attacks, killed, injured, operations, attacks, killed
sparkline: 10 weeks
```

```cards
show: attacks, operations
```
END
for language in en ur; do
    sitrep render cards.md --language $language -o cards.txt
    cat cards.txt
done
# A label of which a card has no room for all is no text that is shortened as well.
cat >label.md <<'END'
---
title: Brief
data: incidents.csv
period: 2026-W45
measures: {attacks: count where side is attack}
---
```cards
show: attacks as "A very long label that can't possibly have room in a card of this width", attacks, attacks, attacks, attacks, attacks
```
END
sitrep render label.md -o label.txt 2>&1 | grep -o 'note.L20.*for:'
