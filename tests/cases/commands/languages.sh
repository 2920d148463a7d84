# Sindhi, Pashto and Arabic: their own months, nouns and names, right to left, in letters
# that the fonts have; what they have no words for is said in another language, once.
cat >languages.md <<'MD'
---
title: {en: Brief, sd: بريف, ps: راپور, ar: تقرير}
data: incidents.csv
period: last complete week
measures:
  attacks: count where side is attack
---
::: only sd
# {{ attacks | count("attack") }} ٻڀٿٽٺٻپڄڃچڇڌڊڏڍڙڦڪگڳڱڻ۽۾
::: end only

::: only ps
# {{ attacks | count("attack") }} ټځڅډړږښګڼېۍۀئ
::: end only

::: only ar
# {{ attacks | count("attack") }} ةىإأآؤئًٌٍَُِّْ
::: end only

{{ period }}, {{ attacks | top("province") }}

1. {{ data.as of | date }}
2. Reuters
MD
for language in sd ps ar; do
    sitrep check languages.md --language $language
    sitrep render languages.md --language $language -o $language.pdf --text $language.txt -q
    echo "exit $?"
    cat $language.txt
    pdffonts $language.pdf | grep -o 'NotoN[A-Za-z]*-[A-Za-z]*' | sort -u
done
sitrep render languages.md --language ar -o native.txt -q
sed 's/^period:/digits: urdu\nperiod:/' languages.md >native.md
sitrep render native.md --language ar -o native.txt -q && sed -n 4,6p native.txt
echo "-- a letter that no font has"
printf 'A word in Gothic: \360\220\214\260\n' >>languages.md
sitrep check languages.md
