# What a brief is made from is never written over, nor one output over another.
try() { echo "\$ sitrep $*"; sitrep "$@"; echo "exit $?"; }
echo "headline: A week" >issue.yaml
cksum brief.md incidents.csv issue.yaml >before
try render brief.md -o brief.md -f txt
try render brief.md -o ./brief.md -f txt
try render brief.md -o incidents.csv -f csv --figure where
try render brief.md -o x.pdf --text incidents.csv
try render brief.md -o issue.yaml -f txt --issue issue.yaml
try render brief.md -o x.pdf --text x.pdf
try render brief.md -o x.pdf --text y.txt --figures y.txt
try render brief.md -o - -f txt --text -
try render brief.md -o /dev/null -f txt --text /dev/null
cksum brief.md incidents.csv issue.yaml | cmp - before && echo "all as they were"
ls
