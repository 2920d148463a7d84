# Data from standard input, under every name it may have.
sitrep render brief.md -o - -f txt --data - <incidents.csv | head -n 4
sitrep render brief.md -o - -f txt --data incidents=- <incidents.csv | sed -n 4p
sitrep query - --show count --by side <incidents.csv
sitrep query - --show count <incidents.csv --format json
sitrep profile - <incidents.csv | head -n 2
sitrep query - </dev/null
echo "exit $?"
