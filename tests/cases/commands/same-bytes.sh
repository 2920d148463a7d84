# The same inputs give the same bytes, in any time zone and locale.
for format in pdf png svg txt json layout; do
    TZ=Asia/Karachi LC_ALL=C sitrep render brief.md -o a.$format
    TZ=America/Lima LANG=de_DE.UTF-8 sitrep render brief.md -o b.$format
    cmp a.$format b.$format && echo $format
done
