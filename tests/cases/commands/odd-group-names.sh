# Names of groups as names of files: no folders, no hidden files.
cat >odd.csv <<'CSV'
date,province,district,type,side,killed,summary
2026-11-09,../etc,A,IED,attack,0,x
2026-11-10,.hidden,B,IED,attack,0,x
2026-11-11,A/B,C,IED,attack,0,x
2026-11-15,,D,IED,attack,0,x
CSV
sitrep render brief.md --data odd.csv --each province -o 'out/{province}.txt'
echo "exit $?"
ls -A out
