# What check says could give when a brief has more pages than it should: only what can
# still, and by how much; a row once, as much as its highest cell; room that breaks leave.
head() { printf -- '---\ntitle: Week\ncover: no\ndata: incidents.csv\nperiod: last complete week\nmeasures: {attacks: count where side is attack}\npages: %s\n---\n' "$1"; }
chart() { printf '```chart\ntype: line\nshow: attacks\nby: week\nlast: 8 weeks\nheight: %s\n```\n' "$1"; }
lines() { echo '```'; seq -f 'line %g' "$1"; echo '```'; }
said() { sitrep check "$1" 2>&1 | grep -A2 L302; }
{ head 1; echo '::: row 6+6'; chart 500; echo '::: next'; chart 400; echo '::: end row'; lines 30; } > row.md
said row.md
{ head 1; chart 60; lines 90; } > least.md
said least.md
{ head 1; chart 300; lines 90; } > both.md
said both.md
{ head 1; lines 100; } > text.md
said text.md
{ head 1; echo 'A'; echo; echo '::: page break'; echo; echo 'B'; echo; echo '::: landscape'; echo C; echo '::: end landscape'; } > breaks.md
said breaks.md
{ head 1; echo '::: row 6+6'; chart 500; echo '::: next'; lines 55; echo '::: end row'; lines 30; } > beside.md
said beside.md
