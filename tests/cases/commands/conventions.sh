# What a Unix user expects: an ending in capitals is a format, words other programs use
# are answered, options stand behind the command.
try() { echo "\$ sitrep $*"; sitrep "$@"; echo "exit $?"; }
try render brief.md -o WEEK.TXT
head -n 1 WEEK.TXT
try version
try lint brief.md
try --strict render brief.md
try -q render brief.md
try render -q brief.md -o week.txt
try render brief.md -qo week.txt --per 2026-W46
try render -- brief.md -o week.txt
try render incidents.csv -o week.pdf
sitrep render brief.md -o - -f txt 2>/dev/null | head -n 1
sitrep render brief.md -o - -f pdf 2>&1 >/dev/null | head -n 1
ls
