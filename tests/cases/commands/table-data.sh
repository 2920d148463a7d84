# A table's data are written for the web edition, unrounded, and a panel's average.
sitrep render "$SITREP_HOME/templates/weekly.md" -q -o brief.pdf --figures figures/ 2>/dev/null
head -3 figures/districts-table.csv | cut -d, -f1-6
head -1 figures/parts.csv | cut -d, -f1-7

# That of a table in a footnote, too.
cat > note.md <<'END'
---
title: Week
data: incidents.csv
period: all
measures: {attacks: count}
---
Attacks.[^1]

[^1]: By province:

    ```table
    rows: province
    show: attacks
    ```
END
sitrep render note.md -q -o note.pdf --figures note/ && cat note/*.csv
