# Figures alone: every form into a folder, one by its name, its data; what can't be.
sitrep render brief.md -o week.pdf --figures web/ && ls web
head -c 8 web/where-1200x675.png | od -An -c | head -n 1
for picture in web/*x*.png; do
    echo "$picture $(od -An -j16 -N8 -t u1 "$picture" | awk '{print $3 * 256 + $4, $7 * 256 + $8}')"
done
cat web/where.csv
grep -c '<svg' web/where.svg
grep -E '<(title|desc)>' web/where.svg
grep -A5 '"drawn"' web/figures.json
sitrep render brief.md -o week.pdf --figures figures.json && head -c 1 figures.json && echo
sitrep chart brief.md#where -o - -f csv
sitrep chart brief.md#1 -o one.png --size 800x600
od -An -j16 -N8 -t u1 one.png | awk '{print $3 * 256 + $4, $7 * 256 + $8}'
sitrep chart brief.md#where -o all/ && ls all
# An id that is no file name, and a figure for each province.
cat >>brief.md <<'END'

::: each province

```chart
id: ../by week
type: line
show: killed
by: week
```

::: end each
END
sitrep render brief.md -o week.pdf --figures loop/ && ls loop | grep csv
qpdf --check week.pdf >/dev/null 2>&1
echo "qpdf $?"
for wrong in brief.md brief.md# '#where' brief.md#nowhere; do
    sitrep chart "$wrong" -o x.png
    echo "exit $?"
done
sitrep chart brief.md#where -o x.pdf
echo "exit $?"
sitrep chart brief.md#where -o x.png --size 1200
echo "exit $?"
sitrep chart brief.md#where -o x.png --size 99999x9
echo "exit $?"
sitrep render brief.md -o x.csv
echo "exit $?"
ls x.* 2>&1
