# What an editor types in two languages says the same numbers, in digits and in words; a
# block shows the same in both; and what may differ does.
twin() { # name; front matter, more of it; body from standard input
    { cat <<MD; cat; } >"$1.md"
---
data: incidents.csv
period: 2026-W46
language: en
measures:
  attacks: count where side is attack
  killed: sum of killed where side is attack
  injured: sum of injured where side is attack
$2
---
MD
    if sitrep render "$1.md" --language en,ur -o 'brief-{language}.txt' -q >out 2>&1; then
        echo "agree: $1"
    else
        grep -hE 'error\[' out || echo "exit $? of $1"
    fi
}
value() { # name, text in English, in Urdu
    printf '# {{ said }}\n' | twin "$1" "values: {said: {en: \"$2\", ur: \"$3\"}}"
}
only() { # name, text in English, in Urdu
    printf '::: only en\n%s\n::: end only\n\n::: only ur\n%s\n::: end only\n' "$2" "$3" |
        twin "$1" ""
}
chart() { # name, key and what it is in both
    printf '```chart\ntype: line\nshow: attacks\nby: week\nlast: 2 weeks\n%s\n```\n' "$2" |
        twin "$1" ""
}

echo "-- values of one's own"
value word 'Seven killed in Bannu' 'بنوں میں نو ہلاک'
value eleven 'Twelve killed' 'سولہ ہلاک'
value month 'The most since June' 'جولائی کے بعد سب سے زیادہ'
value fewer '17 killed in Bannu, 40 in Quetta' 'بنوں میں 17 ہلاک'
value same 'Twenty-one killed since June, 2.5 million fled, two dozen by air' \
    'جون کے بعد اکیس ہلاک، 25 لاکھ بے گھر، 24 فضائی حملوں میں'
value loose 'One of the groups may strike; both did at first' 'ایک گروہ حملہ کر سکتا ہے؛ دونوں نے کیا'

echo "-- sections for one language"
only typed '45 people died' '54 افراد ہلاک'
only typed-words '45 people died' 'چھپن افراد ہلاک'
only swapped 'From 55 to 80 and from 45 to 55' '45 سے 80 اور 45 سے 55'
only computed 'There were {{ attacks }}.' 'کل 3 حملے ہوئے۔'
only repeated 'Of 31 attacks 7 were in Sindh, of these 31 none in Punjab.' \
    '31 میں سے 7 حملے سندھ میں ہوئے، پنجاب میں کوئی نہیں۔'
only moved 'In 2024 there were 12.

In 2024 as in 2026 there were 30.' '2024 میں 12 تھے، 12 ہی۔

2026 میں 30۔'
only corps 'XI Corps in 2024–26' 'گیارہویں کور 2024 تا 2026'
only days 'On 2026-11-09 and 10 November' '9 نومبر 2026 اور 10 نومبر (29 جمادی الاول 1448ھ)'
only names 'At the air base a newly elected man of the G7' 'ایئر بیس پر جی سیون کا نو منتخب فرد'
echo "-- what two desks write of the same"
n=0
while IFS='|' read -r english urdu; do
    n=$((n + 1))
    only "natural-$n" "$english" "$urdu"
done <<'PAIRS'
On Tuesday, 10 November, a bomber killed seven soldiers and two civilians; at least 15 were hurt.|منگل 10 نومبر کو حملے میں سات فوجی اور دو شہری ہلاک ہوئے؛ کم از کم 15 زخمی ہوئے۔
The first attack came at 10:30 pm, the second an hour later.|پہلا حملہ رات ساڑھے دس بجے ہوا، دوسرا ایک گھنٹے بعد۔
Half of the districts saw no attack; in four of the others there was one each.|نصف اضلاع میں کوئی حملہ نہیں ہوا؛ باقی میں سے چار میں ایک ایک حملہ ہوا۔
Two-thirds of the 78 killed were civilians; both men, 24 and 31, were armed.|78 ہلاک شدگان میں سے دو تہائی شہری تھے؛ 24 اور 31 سال کے دونوں افراد مسلح تھے۔
The three-day operation under Section 144 ended on 12 November.|دفعہ 144 کے تحت تین روزہ کارروائی 12 نومبر کو ختم ہوئی۔
In May 2026 attacks may have doubled; in March there was a march.|مئی 2026 میں حملے شاید دگنے ہوئے؛ مارچ میں ایک جلوس نکلا۔
Some 2.5 lakh people, 1.2 million in all, wait for Rs 5bn, one in five since 2024-25.|ڈھائی لاکھ افراد، کل 12 لاکھ، 5 ارب روپے کے منتظر ہیں، پانچ میں سے ایک 2024 تا 2025 سے۔
No group claimed it; two of the attackers were killed, the third fled.|کسی گروہ نے ذمہ داری قبول نہیں کی؛ دو حملہ آور مارے گئے، تیسرا فرار ہوا۔
The most in the third quarter, twice as many as in 2025, and a fivefold rise on the 1st.|تیسری سہ ماہی میں سب سے زیادہ، 2025 سے دگنے، اور یکم کو پانچ گنا اضافہ۔
Reconstruction began anew in Charsadda; young men of the XI Corps were sleeping.|چار سدہ میں تعمیر نو از سر نو شروع ہوئی؛ گیارہویں کور کے نو جوان سو رہے تھے۔
Between twenty and twenty-five were held; 40% of them, or forty per cent, are under 18.|بیس پچیس افراد گرفتار ہوئے؛ ان میں سے 40 فیصد کی عمر اٹھارہ سال سے کم ہے۔
PAIRS
cat <<'MD' | twin turns ""
::: only en
First 12.
::: end only

::: only ur
پہلے 12۔
::: end only

::: only en
Then 30, and 12.
::: end only

::: only ur
پھر 12۔
::: end only
MD

echo "-- keys of a block"
chart notes 'notes: {2026-W46: {en: "11 attacks", ur: "12 حملے"}}'
chart notes-words 'notes: {2026-W46: {en: "Eleven attacks", ur: "بارہ حملے"}}'
chart notes-where 'notes: {en: {2026-W45: Wave}, ur: {2026-W46: لہر}}'
chart alt 'alt: {en: "31 attacks", ur: "99 حملے"}'
chart subtitle 'subtitle: {en: last 26 weeks, ur: گزشتہ 62 ہفتے}'
chart source 'source: {en: 31 reports, ur: 99 اطلاعات}'
chart title "title: {en: '{{ attacks }} attacks, {{ injured }} hurt', ur: 'حملے {{ attacks }}'}"
chart average 'average: {en: 2 weeks, ur: 4 weeks}'
chart sizes 'height: {en: 120 to 150, ur: 100 to 130}'
printf '```chart\ntype: stacked\nshow: attacks\nby: province\nsplit by: type\nshares: {en: yes, ur: no}\n```\n' |
    twin shares ""
printf '```cards\nshow:\n  en: attacks, killed\n  ur: attacks\n```\n' | twin cards ""
printf '```cards\nshow:\n  en: attacks as "Attacks in 7 days", killed\n  ur: killed, attacks as "سات دن کے حملے"\n```\n' |
    twin labels ""
printf '```table\nrows: province\nshow: {en: "attacks, killed", ur: attacks}\n```\n' |
    twin columns ""
printf '```table\nrows: province\nshow: attacks\ntop: {en: 3, ur: 1}\n```\n' | twin rows ""
for number in 11 22; do
    echo "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 90 40'><text x='2' y='20'>$number killed</text></svg>" >"$number.svg"
done
printf '```figure\nfile: {en: 11.svg, ur: 22.svg}\nalt: {en: A sketch, ur: خاکہ}\n```\n' |
    twin drawing ""

echo "-- front matter"
echo '{{ attacks }}' | twin title 'title: {en: Brief 46, ur: بریف 47}'
echo '{{ attacks }}' | twin kind 'kind: {en: No. 46, ur: شمارہ 47}'
echo '{{ attacks }}' | twin footer 'footer: {en: desk 46, ur: ڈیسک 47}'
echo '{{ attacks }}' | twin sources 'source: {en: "Until {{ data.as of | date }}", ur: "{{ data.first | date }} تک"}'
echo '{{ attacks }}' | twin compare 'compare: {en: previous week, ur: 12-week average}'
printf '```cards\nshow: attacks, x\n```\n' |
    twin label '  x: {is: sum of killed, label: {en: Killed since 2024, ur: 2023 سے ہلاکتیں}}'

echo "-- the issue file"
printf '# {{ said }}\n' >body
printf 'said:\n  en: Nineteen killed\n  ur: اٹھارہ ہلاک\n' >issue.yaml
twin issue 'values: {said: x}' <body
sitrep render issue.md --issue issue.yaml --language en,ur -o 'brief-{language}.txt' -q 2>&1 |
    grep 'error\['

echo "-- equal numbers on a map stand in one order"
cp "$SITREP_HOME/samples/districts.geojson" .
printf 'date,province,district,type,side,killed,injured\n' >incidents.csv
for place in 'Balochistan,Mastung' 'Khyber Pakhtunkhwa,Kohat' 'Khyber Pakhtunkhwa,Dera Ismail Khan'; do
    echo "2026-11-11,$place,IED,attack,1,0"
done >>incidents.csv
printf '```map\nshow: attacks\nby: district\nboundaries: districts.geojson\nlabel: 2\n```\n' |
    twin map ""
grep -hoE '(Map|نقشہ).*' brief-en.txt brief-ur.txt
