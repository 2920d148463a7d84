# Under --strict a warning is an error: exit 7. Notes never are.
sed -i 's/side is attack$/side is atack/' brief.md
sitrep render brief.md -o x.pdf
echo "exit $?"
sitrep render brief.md -o y.pdf --strict
echo "exit $?"
sitrep render brief.md -o z.pdf --strict --each province 2>&1 | tail -n 1
ls
