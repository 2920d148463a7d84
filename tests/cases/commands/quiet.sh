# -q leaves out notes and progress, not warnings.
sed -i 's/^period:/perod:/' brief.md
sitrep check brief.md --layout -q
echo "exit $?"
