# What a screen reader is given: lists, contents and cards in the tree of the PDF.
command -v pdfinfo >/dev/null && command -v qpdf >/dev/null || { echo "no pdfinfo or no qpdf"; exit 77; }
cat >tags.md <<'END2'
---
title: Tags
data: incidents.csv
period: last complete week
compare: previous week
measures:
  attacks: count
---
# Headline

::: contents

## What happened

- one
- two
  1. nested
- three

1. another list

```cards
show: attacks
```

## Incidents
```incidents
limit: 2
```
END2
sitrep render tags.md -o tags.pdf || exit 1
qpdf --check tags.pdf >/dev/null && echo checked
pdfinfo -struct-text tags.pdf | grep -v '  Object '
