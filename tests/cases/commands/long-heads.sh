# Titles and notices of any length keep to the page and off each other: smaller, on more
# lines, or cut and told.
page() { # FRONT MATTER
    printf -- '---\ndata: incidents.csv\n%s\n---\nFirst words.\n\n::: page break\n\nSecond page.\n' "$1" >t.md
}
# Words that leave the paper, or of which another covers half.
overlaps() {
    pdftotext -bbox t.pdf - | awk -F'"' '
        /<page / { width = $2; n = 0 }
        /<word / {
            split($0, at, /[<>]/)
            n++
            left[n] = $2; top[n] = $4; right[n] = $6; bottom[n] = $8; word[n] = at[3]
            if ($6 > width - 20 || $2 < 20) print "off the page: " at[3]
            for (i = 1; i < n; i++)
                if ($2 < right[i] - 1 && left[i] < $6 - 1 && $4 < (top[i] + bottom[i]) / 2 && top[i] < ($4 + $8) / 2)
                    print word[i] " is over " at[3]
        }'
}
command -v pdftotext >/dev/null || exit 77
for theme in strategic dark large; do
    page "theme: $theme
title: Khyber Pakhtunkhwa Security Situation
kind: Monthly report of the provincial desk
notice: SAMPLE DATA
notice detail: All numbers are made up"
    sitrep render t.md -o t.pdf || echo "exit $?"
    overlaps
done
echo "-- two lines move what is below"
for title in 'Security' 'Security incidents in the provinces of Pakistan and in the districts'; do
    page "title: $title"
    sitrep render t.md -f layout -o - | sed -n "s,^  body [^ ]* \([0-9]*\).*,\1,p" | head -1
done
echo "-- what is too long is told at its key"
many=$(seq -s ' ' 1001 1080)
page "title: $many
kind: $many
notice: $many
notice detail: $many
notice line: $many"
sitrep render t.md -o t.pdf 2>&1 | grep -v '^ '
overlaps
