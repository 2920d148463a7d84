# A run that is interrupted leaves last week's brief and no half file beside it.
echo "last week's" >week.pdf
mkfifo data.csv
sitrep render brief.md -o week.pdf --data incidents=data.csv &
exec 3>data.csv
kill -TERM $!
wait $! 2>/dev/null
echo "exit $?"
exec 3>&-
ls -A
cat week.pdf
