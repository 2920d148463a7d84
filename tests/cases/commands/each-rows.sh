# A brief of --each says which of the file's rows it is made of, in either language.
cat >rows.md <<'END'
---
title: {en: Test Brief, ur: آزمائش}
data: incidents.csv
period: last complete week
---
{{ data.used | count("record") }} of {{ data.rows }}, {{ national.data.used }} of all.

```method
```
END
sitrep render rows.md --each province --language en,ur -o '{province}-{language}.txt'
for file in *-en.txt *-ur.txt; do
    echo "-- $file"
    grep -E 'of all|made of|مبنی' "$file"
done
sitrep render rows.md -o whole.txt && grep -E 'of all|records were' whole.txt
