# Of tens of thousands of mistakes a hundred are shown, and all are counted.
{
    printf -- '---\ndata: incidents.csv\n---\n'
    i=0
    while [ $i -lt 300 ]; do
        i=$((i + 1))
        echo "{{ wrong$i }}"
    done
} >many.md
echo "last week's" >week.pdf
sitrep render many.md -o week.pdf 2>messages
echo "exit $?"
grep -c "error\[" messages
tail -n 2 messages
cat week.pdf
