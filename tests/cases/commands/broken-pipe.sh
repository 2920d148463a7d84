# Whoever reads may stop: no message, no hanging.
sitrep query incidents.csv --by 'province, district' | head -n 1
sitrep render brief.md -o - | head -c 4
echo
