# A schema with a mistake stops only whom it may concern: files whose header has its
# signature, and the list of schemas.
try() { echo "\$ sitrep $*"; sitrep "$@"; echo "exit $?"; }
cp -R "$SITREP_HOME/templates" "$SITREP_HOME/fonts" .
SITREP_HOME=.
cat >templates/schemas/bulletin.yaml <<'YAML'
title: The bulletin
signature: [bulletin no, date]
fields:
  date: {type: day, columns: [date], colums: [dated]}
YAML
try query incidents.csv --show count
printf 'Bulletin no,date\n1,2026-11-09\n' >bulletin.csv
try query bulletin.csv --show count
try query incidents.csv --show count --schema bulletin
try list schemas >list; tail -n 3 list
sed -i 's/, colums: \[dated\]//' templates/schemas/bulletin.yaml
try query bulletin.csv --show count
rm -r templates fonts bulletin.csv list
