# A failed run leaves last week's brief; a good one replaces it and nothing else.
echo "last week's" >week.pdf
sitrep render brief.md -o week.pdf --data nothing.csv
echo "exit $?"
cat week.pdf
echo "{{ nothing }}" >>brief.md
sitrep render brief.md -o week.pdf
echo "exit $?"
cat week.pdf
sed -i '$d' brief.md
sitrep render brief.md -o week.pdf
echo "exit $?"
head -c 5 week.pdf
echo
sitrep render brief.md -o new/folder/week.pdf && ls -A . new/folder
