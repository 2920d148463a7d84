# The flash and the dashboard are one page on any day: a bad one, a quiet one, one
# without attacks, one after all data; and in every theme but the large one.
samples=$SITREP_HOME/templates
pages() { grep '^page' brief.layout; }
for day in 2026-11-11 2026-10-02 2026-11-15 2026-11-20; do
    sitrep render "$samples/flash.md" --period $day --as-of 2026-11-20 -q -o brief.layout && pages
done
for week in 2026-W46 2026-W24 2026-W48; do
    sitrep render "$samples/dashboard.md" --period $week --as-of 2026-11-30 -q -o brief.layout && pages
done
for theme in strategic paper ocha dark; do
    sitrep render "$samples/dashboard.md" --theme $theme -q -o brief.layout && pages
    sitrep check "$samples/dashboard.md" --theme $theme 2>&1 |
        grep -E "warning\[|error\[|to mend|can be printed"
done
