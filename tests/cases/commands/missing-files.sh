# A file that isn't there: 3 for a template or a part of it, 4 for data, 1 for output.
try() { echo "\$ sitrep $*"; sitrep "$@"; echo "exit $?"; }
try render breif.md -o x.pdf
try render . -o x.pdf
try check breif.md
try render brief.md -o x.pdf --issue issue-46.yaml
try render brief.md -o x.pdf --data incident.csv
try query incident.csv
try profile nowhere/incidents.csv
try render brief.md -o brief.md/x.pdf
try render brief.md -o .
ls
