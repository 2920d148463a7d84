for registry in $(sitrep list); do
    echo "$registry: $(sitrep list $registry | head -n 1)"
done
