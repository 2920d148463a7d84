# Colours that can't be read or told apart are warned of.
mkdir -p home/templates
ln -s "$SITREP_HOME/fonts" home/fonts
ln -s "$SITREP_HOME/templates/locales" "$SITREP_HOME/templates/schemas" home/templates
cp -r "$SITREP_HOME/templates/themes" home/templates
cat >home/templates/themes/pale.yaml <<'Y'
extends: strategic
name: Pale
colours:
  tertiary: "#AAAAAA"
  attack: "#C2352B"
  operation: "#C0352B"
Y
SITREP_HOME=home sitrep check brief.md --theme pale 2>&1 | grep -E 'F21[0-9]' | grep -v '"footnote"\|"source"'
