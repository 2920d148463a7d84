# The words in an SVG are set in our own faces, whatever fonts and language the machine
# has.
cat >words.svg <<'END'
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 160" width="300" height="160">
<text x="10" y="20" font-family="Liberation Sans" font-size="14">Liberation Sans asked</text>
<text x="10" y="40" font-family="Times New Roman" font-size="14">Times asked</text>
<text x="10" y="60" font-family="sans-serif" font-weight="bold" font-size="14">sans bold</text>
<text x="10" y="80" font-family="monospace" font-size="14">monospace</text>
<text x="10" y="100" font-size="14">no family</text>
<text x="10" y="120" font-size="14" font-family="Noto Nastaliq Urdu">حملے 12</text>
<text x="10" y="150" font-size="14" font-family="serif" font-style="italic">serif حملے italic</text>
</svg>
END
cat >words.md <<'END'
---
title: Words
data: incidents.csv
period: last complete week
---
```figure
file: words.svg
alt: words
```
END
sitrep render words.md -o words.pdf 2>words.log
grep -q F405 words.log && exit 77
cat words.log
pdffonts words.pdf | sed -n 's/^[A-Z]*+\([A-Za-z-]*\) .*/\1/p' | sort -u
echo '<fontconfig/>' >none.conf
FONTCONFIG_FILE=$PWD/none.conf sitrep render words.md -o other.pdf && cmp words.pdf other.pdf && echo same
LC_ALL=ar_EG.UTF-8 sitrep render words.md -o other.pdf && cmp words.pdf other.pdf && echo same
LANG=ur_PK.UTF-8 sitrep render words.md -o other.pdf && cmp words.pdf other.pdf && echo same
