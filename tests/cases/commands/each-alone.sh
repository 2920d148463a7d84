# A brief of --each is the brief of a file that holds its rows alone, byte for byte.
cat >own.md <<'MD'
---
title: One of many
data: incidents.csv
period: last complete week
issue line: One
compare: previous week, 12-week average
measures:
  attacks: count where side is attack
  operations: count where side is operation
  killed: sum of killed where side is attack
---
# {{ province }}: {{ attacks | count("attack") }}, {{ killed | change("previous week") }}

{{ if attacks > 0 }}Most were in {{ attacks | top("district", 3) }}.{{ end }}
{{ attacks | change("12-week average") }}

```cards
show: attacks, killed, operations
sparkline: 26 weeks
```

```chart
type: line
title: "{{ attacks | say(rose: 'More attacks:', fell: 'Fewer attacks:', same: 'Attacks:') }} {{ attacks }}"
show: attacks
by: week
last: 52 weeks
average: 4 weeks
```

```table
rows: district
show: attacks sparkline, attacks change, killed, operations
last: 4 weeks
sparkline: 26 weeks
top: 5
others: yes
total: yes
```

```chart
type: scatter
show: attacks
by: incident
size: killed
last: 26 weeks
```

```incidents
show: date, type, district, actor, summary, killed
sort: killed, highest first
limit: 12
```
MD
samples=$SITREP_HOME/samples/incidents.csv
day=$(tail -n 1 "$samples" | cut -d , -f 2)
sitrep render own.md --data incidents="$samples" --as-of "$day" --each province -j 2 \
    -o 'each/{province}.pdf' --text 'each/{province}.txt' -q
echo "exit $?"
for province in Balochistan Sindh Punjab Gilgit-Baltistan 'Azad Kashmir' Islamabad; do
    awk -F , -v own="$province" 'NR == 1 || $3 == own' "$samples" >alone.csv
    sitrep render own.md --data incidents=alone.csv --as-of "$day" \
        -P "province=$province" -o alone.pdf --text alone.txt -q
    cmp alone.pdf "each/$province.pdf" && cmp alone.txt "each/$province.txt" &&
        echo "$province: same"
done
rm -r each alone.* own.md
