# A disk that takes no more is an error with a message, and last week's brief stays.
echo "last week's" >week.pdf
(ulimit -f 4
sitrep render brief.md -o week.pdf
echo "exit $?")
ls -A
cat week.pdf
