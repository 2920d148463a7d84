# Rows that can't be used are counted; more than --max-rejects stop the run: exit 5.
cat >bad.csv <<'CSV'
date,province,district,type,side,killed,summary
2026-11-09,Sindh,A,IED,attack,2,x
never,Sindh,B,IED,attack,1,x
2026-11-11,Sindh,C,IED,attack,many,x
2026-11-15,Sindh,D,IED,attack,0,x
CSV
try() { echo "\$ sitrep $*"; sitrep "$@"; echo "exit $?"; }
try render brief.md --data bad.csv -o x.pdf
try render brief.md --data bad.csv -o y.pdf --max-rejects 2
try render brief.md --data bad.csv -o z.pdf --max-rejects 1
try render brief.md --data bad.csv -o z.pdf --max-rejects 25%
try render brief.md --data bad.csv -o z.pdf --max-rejects 0 --quiet
ls
