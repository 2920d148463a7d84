# A text that nobody has put into the brief's language is told; ours are all there.
cat >english.md <<'MD'
---
title: Weekly report
language: en
data: incidents.csv
period: last complete week
measures:
  attacks: count where side is attack
  sniper fire: count where type is "Sniper fire"
---
There were {{ attacks | count("skirmish") }} and {{ attacks | count("raid") }} in all.

TTP, BLA: {{ attacks }}

::: only en
What stands in one language needs no other.
::: end only

```cards
show: attacks, sniper fire
```

```chart
type: bars
title: "{{ attacks | say(rose: 'More', fell: 'Fewer', same: 'As many') }}"
subtitle: {en: By province, ur: صوبوں میں}
show: sniper fire as Snipers
by: province
```

```chart
type: timeline
```
MD
sitrep render english.md --language ur -o english.txt
sitrep render english.md -o english.txt
cat >own.csv <<'CSV'
date,province,district,place,type,side,actor,target,killed,injured,lat,lon,sources,source,summary
2026-11-10,Sindh,Sukkur,Rohri,IED,attack,BLA,police,2,0,27.7,68.9,2,police statement; hospital,دھماکہ
2026-11-15,Sindh,Sukkur,Rohri,IED,attack,BLA,police,1,0,27.6,68.8,1,a shopkeeper,دھماکہ
CSV
cat >own.md <<'MD'
---
title: رپورٹ
language: ur
data: own.csv
period: 2026-W46
---
```incidents
show: date, type, district, source
```

```chart
type: scatter
by: incident
```
MD
sitrep render own.md -o - -f txt
sed 's/^language: ur/language: en/; s/رپورٹ/Report/' own.md >titles.md
sitrep render titles.md -o - -f txt | grep '^Incidents'
echo "-- a text in another language only is printed, and told"
sed 's/^title: .*/title: {en: Report}/' own.md >only.md
for language in ur sd; do
    sitrep render only.md --language $language -o only.txt -q && head -1 only.txt
done
sitrep render only.md -o only.txt
echo "headline: {fr: un titre}" >french.yaml
sitrep render own.md --issue french.yaml -o only.txt
