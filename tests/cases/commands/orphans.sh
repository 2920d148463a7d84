# check lists what stands forlorn, with its page and line: headings with nothing below
# them, at the end of a page, a column or the brief, and a page for a line or two; not a
# page that a break begins, nor one with a footnote.
head() { printf -- '---\ntitle: Week\ncover: no\ndata: incidents.csv\nperiod: all\n---\n'; }
fill() { # lines
    echo '```'
    seq -f 'line %g' "$1"
    echo '```'
}
{
    head
    echo '# Above a break'
    echo
    echo '::: page break'
    printf '::: columns 2\nText.\n\n## In a column\n::: next column\nText.\n::: end columns\n\n'
    echo 'Text.'
    echo
    echo '::: note Callout'
    printf '{{ if 1 > 2 }}\nNever.\n{{ end }}\n::: end note\n\n### At the end\n'
} > headings.md
sitrep check headings.md --layout 2>&1 | grep -A2 L31[34]
{ head; fill 71; } > lines.md
sitrep check lines.md --layout 2>&1 | grep -A2 L31[34]
{ head; fill 60; echo; echo '::: page break'; echo; echo 'A line.'; } > break.md
sitrep check break.md --layout 2>&1 | grep -A2 L31[34]
{ head; fill 71; echo; echo 'Words.[^1]'; echo; echo '[^1]: A note.'; } > note.md
sitrep check note.md --layout 2>&1 | grep -A2 L31[34]
# What stands in a footnote has its page, too.
{
    head
    printf 'Words.[^1]\n\n::: page break\n\nMore.[^2]\n\n[^1]: A note.\n\n[^2]: A table:\n\n'
    for cell in verylongword --- verylongword; do
        printf '    '
        for column in 1 2 3 4 5 6 7 8 9 10 11 12; do printf '|%s' $cell; done
        echo '|'
    done
} > wide.md
sitrep check wide.md --layout 2>&1 | grep L110
