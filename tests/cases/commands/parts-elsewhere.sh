# A part's messages name paths that open from here, and what includes it, wherever the
# command is run; what a part names lies beside it or beside the template.
mkdir -p desk/parts/deep
cp incidents.csv desk/
cat >desk/weekly.md <<'END'
---
title: Test Brief
data: incidents.csv
period: last complete week
---
{{> parts/a.md }}

{{> parts/a.md }}
END
printf 'A line.\n\n{{> deep/b.md }}\n' >desk/parts/a.md
cat >desk/parts/deep/b.md <<'END'
{{ atacks }}

```figure
file: sketch.svg
alt: x
```
END
sitrep check desk/weekly.md
echo "exit $?"
sed -i 1d desk/parts/deep/b.md
cd desk/parts
echo '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>' >../skech.svg
sitrep check ../weekly.md
mv ../skech.svg ../sketch.svg
sitrep check ../weekly.md && echo "beside the template"
mv ../sketch.svg deep
sitrep check ../weekly.md && echo "beside the part"
