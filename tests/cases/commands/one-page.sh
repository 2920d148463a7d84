# The flash and the dashboard are one page on any day: a bad one, a quiet one, one
# without attacks, one before all data; and in every theme but the large one.
samples=$SITREP_HOME/templates
pages() { grep '^page' brief.layout; }
for day in 2026-11-11 2026-10-02 2026-11-15 1999-01-01; do
    sitrep render "$samples/flash.md" --period $day -q -o brief.layout && pages
done
for week in 2026-W46 2026-W24 1999-W02; do
    sitrep render "$samples/dashboard.md" --period $week -q -o brief.layout && pages
done
for theme in strategic paper ocha dark; do
    sitrep render "$samples/dashboard.md" --theme $theme -q -o brief.layout && pages
    sitrep check "$samples/dashboard.md" --theme $theme
done
