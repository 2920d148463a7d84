# Addresses with values in them, links between headings, one anchor a heading also where
# `each` repeats it.
cat >links.md <<'MD'
---
title: Links
data: incidents.csv
period: last complete week
measures:
  attacks: count where side is attack
---
# One

::: contents

See [the {{ attacks }}](https://example.org/{{ period }}?n={{ attacks }}) and [it](#the-end).

::: each province where attacks >= 1
## {{ province }}

### Twice

Back to [{{ province }}](#{{ province }}), or to [these](#twice).
::: end each

## The end

The [first](#twice), [that of Sindh](#twice-sindh), [none](#twice-{{ attacks }}).

## Twice Sindh
MD
sitrep render links.md -o links.pdf --text links.txt
echo "exit $?"
qpdf --qdf --object-streams=disable links.pdf - | grep -aoE '/(URI|Dest) \([^)]*\)' | sort | uniq -c | sed 's/^ *//'
grep -n 'See' links.txt
sed 's/{{ period }}?/{{ periodd }}?/' links.md >wrong.md
sitrep render wrong.md -o wrong.pdf
echo "exit $?"
