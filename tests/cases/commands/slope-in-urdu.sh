# Time runs from left to right in an Urdu brief too: a week of three after one of one.
command -v pdftotext >/dev/null || { echo "no pdftotext"; exit 77; }
cat >slope.csv <<'END2'
date,province
2026-10-01,Sindh
2026-11-03,Sindh
2026-11-10,Sindh
2026-11-11,Sindh
2026-11-15,Sindh
END2
cat >slope.md <<'END2'
---
title: ڈھلان
data: slope.csv
period: last complete week
compare: previous week
language: ur
measures:
  attacks: {is: count, label: {en: Attacks, ur: حملے}}
---
```chart
type: slope
show: attacks
by: province
title: ڈھلان
```
END2
sitrep render slope.md -o slope.pdf 2>&1
pdftotext -bbox slope.pdf - | grep '>[13]</word>' | sed -n 's/.*xMin="\([0-9]*\).*yMin="\([0-9]*\).*>\([13]\)<.*/\2 \1 \3/p' |
    awk "\$1 > 100 && \$1 < 300" | sort -n -k2 | cut -d ' ' -f 3
