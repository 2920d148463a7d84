# Names of files that collide or aren't known are told before anything is written.
try() { echo "\$ sitrep $*"; sitrep "$@"; echo "exit $?"; }
try render brief.md --each province -o 'out/{period}.pdf'
try render brief.md --each province -o 'out/{province}.pdf' --figures out/figures.json
try render brief.md --each province -o 'out/{province}.pdf' --text 'out/{province}.pdf'
try render brief.md --each province -o 'out/{provinse}.pdf'
try render brief.md --each provinse -o 'out/{province}.pdf'
try render brief.md --each killed -o 'out/{killed}.pdf'
try render brief.md --each province -o 'out/{province}.pdf' --jobs many
ls
