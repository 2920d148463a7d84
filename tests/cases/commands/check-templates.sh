# Every template that comes with sitrep can be printed, whatever the week is like.
for template in "$SITREP_HOME"/templates/*.md; do
    name=${template##*/}
    [ "$name" != README.md ] || continue
    sitrep check "$template" --quiet >messages 2>&1 || { echo "$name: exit $?"; cat messages; }
done
echo checked
