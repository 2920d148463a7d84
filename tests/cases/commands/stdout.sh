# -o - is the brief and nothing but the brief; messages go to standard error.
sitrep render brief.md -o - | head -c 5
echo
sitrep render brief.md -o - -f txt 2>/dev/null | head -n 2
sed -i 's/^period:/perod:/' brief.md
sitrep render brief.md -o - -f txt 2>messages >brief.txt
echo "exit $?"
head -n 1 brief.txt
cat messages
