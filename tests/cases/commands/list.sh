# Every registry has rows, each with a name and mostly some words about it.
for registry in $(sitrep list); do
    sitrep list $registry | grep -q '^ *[a-z]' && echo "$registry"
done
sitrep list filters | grep '^count '
