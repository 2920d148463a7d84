# -- ends the options, - is a file, options stand anywhere and join.
cp brief.md -- -brief.md
sitrep render -o x.pdf -- -brief.md && ls x.pdf
sitrep render -ox2.pdf -q brief.md && ls x2.pdf
sitrep render brief.md -qoy.pdf --per=2026-W45 && ls y.pdf
sitrep render brief.md -o z.txt --period 2026-W45 --period=2026-W46 && sed -n 2p z.txt
sitrep render -- -o
echo "exit $?"
