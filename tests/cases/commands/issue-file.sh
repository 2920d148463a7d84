# This issue's values, from a file and from the command line, which goes last.
cat >issue-46.yaml <<'YAML'
headline: A quiet week
issue: 46
YAML
sed -i 's/^# .*/# {{ headline }} ({{ issue }})/; s/^measures:/values:\n  headline: none\n  issue: 0\n&/' brief.md
sitrep render brief.md -o - -f txt | sed -n 4p
sitrep render brief.md -o - -f txt --issue issue-46.yaml | sed -n 4p
sitrep render brief.md -o - -f txt --issue issue-46.yaml -P headline='Calm' | sed -n 4p
echo 'headline: [1' >issue-46.yaml
sitrep render brief.md -o x.txt --issue issue-46.yaml
echo "exit $?"
# A key that is nearly one of the template's would leave last week's headline in.
echo 'headlne: Slipped' >issue-46.yaml
sitrep render brief.md -o x.txt --issue issue-46.yaml
echo "exit $?"
sitrep render brief.md -o x.txt -P headlin=Slipped --strict
echo "exit $?"
printf 'headline:\n  - One\n  - Two\n' >issue-46.yaml
sitrep render brief.md -o y.txt --issue issue-46.yaml
echo "exit $?"
echo 'A quiet week' >issue-46.yaml
sitrep render brief.md -o y.txt --issue issue-46.yaml
echo "exit $?"
# Values are found in any letter case; what would set nothing is told.
echo 'Headline: Found' >issue-46.yaml
sitrep render brief.md -o - -f txt --issue issue-46.yaml | sed -n 4p
printf 'period: 2026-W45\nheadline: "{{ attacks }} attacks"\n' >issue-46.yaml
sitrep render brief.md -o y.txt --issue issue-46.yaml
sitrep render brief.md -o y.txt -P period=2026-W45
