# One load, a brief for each province, named by pattern; figures and words too.
sitrep render brief.md --each province -o 'out/{province}-{period}-{language}.pdf' \
    --figures 'out/{province}.json' --text 'out/{province}.txt'
echo "exit $?"
ls out
sed -n 4p out/Sindh.txt
sitrep render brief.md --each province -j 1 -o 'one/{province}.pdf'
sitrep render brief.md --each province -j 3 -o 'three/{province}.pdf'
diff -r one three && echo "jobs don't matter"
