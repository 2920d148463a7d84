# What can't be written is an error, whatever is written there.
[ -c /dev/full ] || { echo "there is no /dev/full"; exit 77; }
for words in "render brief.md -o -" "render brief.md -o /dev/full -f pdf" \
             "query incidents.csv" "profile incidents.csv" "help" "list filters"; do
    echo "\$ sitrep $words"
    sitrep $words >/dev/full
    echo "exit $?"
done
