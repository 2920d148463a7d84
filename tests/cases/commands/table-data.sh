# A table's data are written for the web edition, unrounded, and a panel's average.
sitrep render "$SITREP_HOME/templates/weekly.md" -q -o brief.pdf --figures figures/ 2>/dev/null
head -3 figures/districts-table.csv | cut -d, -f1-6
head -1 figures/parts.csv | cut -d, -f1-7
