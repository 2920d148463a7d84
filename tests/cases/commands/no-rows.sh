# A head and no row below it: what happened is unknown, not nothing, unless the day is
# said up to which the file is complete. Nor is a period known that the file has no day of.
cat >brief.md <<'END'
---
title: E
data: {inc: empty.csv}
period: last complete month
measures:
  attacks: count where side is attack
---
{{ attacks }} in {{ period }}; from {{ data.first }}.
END
echo 'date,province,type,side,killed' >empty.csv
sitrep render brief.md -o brief.txt
echo "exit $?"
sitrep render brief.md --as-of 2026-11-15 -o - -f txt
echo "exit $?"
sitrep render brief.md --as-of 2026-11-15 --period 2026-08 -o - -f txt
sitrep init --from empty.csv -o first.md
echo "exit $?"
printf 'date,killed\n2026-02-03,1\n2026-03-04,2\n' >two.csv
sitrep query two.csv --show count --by month --period 2026-01..2026-04
sitrep query two.csv --show count --by month --period 2026-01..2026-04 --as-of 2026-04-30
printf 'date,killed\n2026-02-03,1\n2026-03-04,40+\n' >two.csv
sitrep query two.csv --show 'sum of killed, count' --by month
