# Every mistake on the command line is exit 2, says what was meant, and writes nothing.
try() { echo "\$ sitrep $*"; sitrep "$@"; echo "exit $?"; }
try rendr brief.md -o x.pdf
try help rendr
try list chart
try render
try render brief.md
try render brief.md -o
try render brief.md -o ''
try render brief.md two.md -o x.pdf
try render brief.md -o x.pdf --ouput y.pdf
try render brief.md -o x.pdf --p x
try render brief.md -o x.pdf -z
try render brief.md -o x.pdf --strict=yes
try render brief.md -o x.pdf -P headline
try render brief.md -o x.pdf -P =headline
try render brief.md -o x.pdf --data incidents=
try render brief.md -o x.pdf --data incident=incidents.csv
try render brief.md -o x.pdf --period ''
try render brief.md -o x.pdf --delimiter comma
try render brief.md -o x.pdf --max-rejects some
try render brief.md -o x.doc
try render brief.md -o x.pdf --format doc
try render brief.md -o x.pdf --page 2
try render brief.md -o x.png --page two
try render brief.md -o x.png --page 9
try render brief.md -o x.png --dpi 0
try render brief.md -o x.png --figure nothing
try render brief.md -o x.svg --dpi 96
try query incidents.csv --show cuont
try query incidents.csv --by provinse
try query incidents.csv --by 'province, district, type'
try query incidents.csv --by province --sort kiled
try query incidents.csv --limit some
try query incidents.csv --format yaml
try query incidents.csv --where 'provinse is Sindh'
try query incidents.csv --period 'last wek'
try profile incidents.csv --format xml
try profile
ls
