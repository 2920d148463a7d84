# fmt changes no word of a brief and, done again, nothing: over the templates and over
# every case there is, laid before and after.
root=$SITREP_HOME
ln -s "$root/samples" samples
cp -r "$root/templates" templates
cp -r "$root/tests/cases" cases
lay() { # folder, template, output; an empty one when it can't be laid
    (cd "$1" && if [ -f arguments ]; then
        tr '\n' '\0' <arguments | xargs -0 sitrep render "$2" -q -f layout -o -
    else
        sitrep render "$2" -q -f layout -o -
    fi) >"$3" 2>/dev/null || : >"$3"
}
compared=0
for template in templates/[a-z]*.md cases/[a-z]*/template.md cases/broken/*.md; do
    folder=${template%/*}
    file=${template##*/}
    lay "$folder" "$file" before
    sitrep fmt -q "$template" >/dev/null 2>&1 || continue
    sitrep fmt --check -q "$template" >/dev/null 2>&1 || echo "$template: fmt isn't final"
    [ -s before ] || continue
    lay "$folder" "$file" after
    sed 's/:[0-9][0-9]*//g' before >one
    sed 's/:[0-9][0-9]*//g' after >two
    cmp -s one two || { echo "$template: the brief has changed"; diff one two | head -n 4; }
    compared=$((compared + 1))
done
[ $compared -ge 60 ] && echo "every one is the same" || echo "only $compared compared"
rm -rf samples templates cases
