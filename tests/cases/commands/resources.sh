# A language, a theme or fonts that aren't there: exit 6.
try() { echo "\$ sitrep $*"; sitrep "$@"; echo "exit $?"; }
try render brief.md -o x.pdf --language fr
try render brief.md -o x.pdf --theme strategik
SITREP_HOME=/nowhere try render brief.md -o x.pdf 2>&1 | tail -n 2
ls
