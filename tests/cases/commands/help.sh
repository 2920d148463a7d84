# Without a word, and by the usual ones, there is help on standard output.
sitrep >none && sitrep help >word && sitrep --help >option && sitrep -h >letter
cmp none word && cmp none option && cmp none letter && head -n 1 none
for command in render check query profile list help; do
    sitrep $command --help >option 2>&1 || echo "$command --help: $?"
    sitrep help $command | cmp - option && head -n 1 option
done
# Every command shows an example of itself.
for command in $(sitrep help | sed -n 's/^  sitrep \([a-z]*\) .*/\1/p'); do
    sitrep help $command | grep -q "^  sitrep $command" || echo "$command: no example"
done
sitrep --version | sed '1s/[0-9].*/N/'
sitrep --vers | head -n 1 | cmp -s - /dev/null || echo "--vers is --version"
