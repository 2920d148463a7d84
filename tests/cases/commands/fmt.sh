# The normal form: regular, the same in meaning, and final.
printf '\357\273\277---\r\ntitle: Brief: the week   \r\ndata: incidents.csv\r\nperiod: last complete week\nmeasures:\n  attacks: count where side is attack\n---\n\n\n# {{attacks|count("attack")}}   \n\n\n\nOne line  \nanother, `{{raw}}`.\n\nIt is \\{{as typed}}, {{attacks|say(rose:"}} up  ,",fell: "}} down" ,same:"}} same",unknown:"}} no")}}.{{if attacks>=1}} Some.{{endif}}\n\n:::columns 2\nLeft {{  attacks }}\n:::   next column\nRight\n:::end columns\n\n```chart\ntype: bars  \ntitle: {{ attacks }}: where\nshow: attacks\nby: province\n```\n\n~~~text\nas   \n\n\nit is {{x}}\n~~~\n\n\n' >odd.md
sed 's/`{{raw}}`/`raw`/' odd.md >t && mv t odd.md
cp odd.md before.md
sitrep fmt --check odd.md
echo "exit $?"
cmp odd.md before.md && sitrep fmt odd.md
cat -A odd.md | sed 's/\$$//'
sitrep fmt --check odd.md
echo "exit $?"
sitrep render before.md -o before.txt
sitrep render odd.md -o after.txt
cmp before.txt after.txt && echo "the same brief"
echo "-- what can't be read isn't touched"
printf '# {{ if }}\n' >broken.md
sitrep fmt broken.md
echo "exit $?"
cat broken.md
