# One brief that can't be written doesn't stop the others: exit 8. A template that
# can't be read stops them all.
mkdir -p out/Sindh.pdf
sitrep render brief.md --each province -j 1 -o 'out/{province}.pdf'
echo "exit $?"
ls out
echo '{{ nothing }}' >>brief.md
sitrep render brief.md --each province -o 'none/{province}.pdf'
echo "exit $?"
ls
