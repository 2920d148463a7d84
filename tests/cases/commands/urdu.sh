# Every template that comes with the program prints in Urdu, too: the same figures, and no
# English but the sentences that desks type into the data.
for template in "$SITREP_HOME"/templates/*.md; do
    name=$(basename "$template" .md)
    [ "$name" = README ] && continue
    sitrep render "$template" --language en,ur -o "$name-{language}.pdf" --text "$name-{language}.txt" -q
    echo "$name: exit $?"
    sed -E "s/[A-Za-z][-A-Za-z0-9,.;:'() ]{17,}//g" "$name-ur.txt" |
        grep -oE '[A-Za-z][A-Za-z]+' | sort -u | tr '\n' ' '
    echo
done
