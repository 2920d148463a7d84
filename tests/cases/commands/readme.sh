# The commands in the README's first brief run as they stand, on a file of one's own.
rm brief.md
sed -n '/^## A first brief/,/^## /p' "$SITREP_HOME/README.md" |
    sed -n '/^```sh$/,/^```$/p' | grep -v '^```' >commands.sh
grep -c '^sitrep' commands.sh
sh -e commands.sh >log 2>&1 || cat log
ls weekly.pdf out
