# Statistics: what there is, what one is, and their values for series.
sitrep stats | head -n 3
sitrep stats usual_range
sitrep stats tren
echo "exit $?"
weeks() { # a week of so many attacks each, from Monday, 5 January 2026
    echo date,province,side,killed
    day=20458
    for count in "$@"; do
        for i in $(seq "$count"); do
            echo "$(date -u -d "@$((day * 86400))" +%F),Sindh,attack,$i"
        done
        day=$((day + 7))
    done
    echo "$(date -u -d "@$(((day - 1) * 86400))" +%F),Sindh,operation,0"
}
weeks 5 8 6 9 12 7 11 14 10 16 >weeks.csv
sitrep query weeks.csv -w 'side is attack' --by week --stat mann_kendall
sitrep query weeks.csv -w 'side is attack' --by week,province --stat record -f csv
sitrep query weeks.csv --show 'sum of killed' --by week --stat rate_change -f json
weeks 3 4 >two.csv
sitrep query two.csv -w 'side is attack' --by week --stat trend
sitrep query weeks.csv --by province --stat trend
echo "exit $?"
sitrep query weeks.csv --by week --stat wilson
echo "exit $?"
