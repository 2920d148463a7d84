# Codes as an editor has them against the codes of real boundary files: FIPS with its
# leading zeros, letters of states and countries. The files lie beside the checkout.
shared=$SITREP_HOME/../shared/data/boundaries-world
[ -f "$shared/us-10m.json" ] || { echo "no $shared"; exit 77; }
cat >codes.csv <<'CSV'
date,county,state,country,side,killed
2026-11-09,06037,CA,USA,attack,3
2026-11-09,6073,California,US,attack,1
2026-11-10,01001,AL,840,attack,2
2026-11-11,36061,New York,United States,attack,1
2026-11-12,48201,TX,MEX,attack,4
2026-11-15,99999,Texas,MV,attack,1
CSV
try() { # field, file, layer
    cat >map.md <<MD
---
title: Codes
data: codes.csv
period: last complete week
values: {boundaries: }
measures:
  attacks: count where side is attack
  killed: sum of killed where side is attack
  per attack: killed per attacks
---
\`\`\`map
show: per attack
by: $1
${3:+layer: $3}
style: choropleth
classes: 1, 2
\`\`\`
MD
    echo "\$ by $1 on $2 $3"
    sitrep render map.md -P boundaries="$shared/$2" -f txt -o - 2>&1 |
        sed "s|$shared/||g" | grep -E 'Map\.|Q301|\^|matched'
}
try county us-10m.json
try state us-10m.json states
try state us-10m.json
try country countries-110m.json
try country countries-50m.json
