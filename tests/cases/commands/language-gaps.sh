# Words that a language file lacks are told wherever they would be printed: running
# text, a chart, the words for who doesn't see it, the foot. --strict stops.
mkdir -p home/templates
ln -s "$SITREP_HOME/fonts" home/fonts
cp -r "$SITREP_HOME/templates/locales" "$SITREP_HOME/templates/schemas" \
    "$SITREP_HOME/templates/themes" home/templates/
home=$PWD/home
sed -i -e '/^  some: "{number} {noun}"/d' -e 's/^    line: Line chart\./    line: "{sort} chart."/' \
    -e '/^  total: total/d' -e '/^  month: {one: month/d' home/templates/locales/en.yaml
cat >brief.md <<'END'
---
title: Test Brief
data: incidents.csv
period: last complete week
measures:
  attacks: count where side is attack
---
{{ attacks | count("attack") }}

```chart
type: line
show: attacks
by: week
last: 4 weeks
```

```chart
type: stacked
show: attacks
by: province
split by: district
```

```table
rows: district
show: attacks
last: 2 months
```
END
SITREP_HOME=$home sitrep render brief.md -o brief.txt
echo "exit $?"
SITREP_HOME=$home sitrep render brief.md -o strict.txt --strict 2>&1 | tail -n 1
ls
