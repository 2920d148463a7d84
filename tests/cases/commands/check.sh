sitrep check brief.md
echo "exit $?"
sitrep check brief.md --layout
echo "exit $?"
echo '{{ nothing }}' >>brief.md
sitrep check brief.md
echo "exit $?"
ls
