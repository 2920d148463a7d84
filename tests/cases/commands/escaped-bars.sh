# A bar in a table's cell may be escaped as other editors want it; a part with a note may
# be included twice.
cat >bars.md <<'MD'
---
title: Test Brief
data: incidents.csv
period: last complete week
measures: {attacks: count where side is attack}
---
| a | b |
|---|---|
| {{ attacks\|count("attack") }} | {{ attacks | count("raid") }} |

{{> part.md }}

{{> part.md }}
MD
printf 'Here[^p].\n\n[^p]: A note.\n' >part.md
sitrep render bars.md -o - -f txt
sitrep fmt bars.md && sed -n 9p bars.md
sitrep fmt --check bars.md
sitrep render bars.md -o - -f txt | sed -n 5p
