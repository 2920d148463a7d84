# The editor's files are what the registries say, and are JSON.
mkdir editor
sh "$SITREP_HOME/templates/editor/generate" editor
for file in front-matter.schema.json blocks.schema.json sitrep.code-snippets; do
    cmp "editor/$file" "$SITREP_HOME/templates/editor/$file" && echo "$file is up to date"
    command -v python3 >/dev/null || continue
    python3 -m json.tool "editor/$file" >/dev/null || echo "$file is no JSON"
done
# The schemas are valid and right: every template that is shipped fits them.
cat >fit.py <<'PY'
import glob, json, re, sys
import jsonschema, yaml

class Text(yaml.SafeLoader):  # words are words: yes, 10:00 and 2026-11-15 too
    pass

for letter, resolvers in list(Text.yaml_implicit_resolvers.items()):
    Text.yaml_implicit_resolvers[letter] = [
        one for one in resolvers if one[0] == "tag:yaml.org,2002:int"]
front, blocks = (json.load(open("editor/" + name + ".schema.json"))
                 for name in ("front-matter", "blocks"))
for schema in (front, blocks):
    jsonschema.Draft7Validator.check_schema(schema)

def fit(schema, text, place):
    for error in jsonschema.Draft7Validator(schema).iter_errors(
            yaml.load(text, Text) or {}):
        print(place, list(error.path), error.message)

for path in sorted(glob.glob(sys.argv[1] + "/templates/[a-z]*.md")):
    source = open(path).read()
    fit(front, re.match(r"---\n(.*?)\n---\n", source, re.S).group(1), path)
    for word, body in re.findall(r"^```(\w+)\n(.*?)^```$", source, re.S | re.M):
        fit(blocks["definitions"].get(word, {}), body, path)
PY
if python3 -c 'import jsonschema, yaml' 2>/dev/null; then
    python3 -W ignore fit.py "$SITREP_HOME"
fi
# What the program takes by language, the schema takes; and it still refuses the rest.
cat >languages.py <<'PY'
import json
import jsonschema

schema = jsonschema.Draft7Validator(json.load(open("editor/front-matter.schema.json")))
for key, words in {"digits": ("western", "urdu"), "paper": ("a4", "letter"),
                   "pages": (4, 5), "theme": ("paper", "dark"),
                   "grouping": ("thousand", "indian")}.items():
    for value in (words[0], dict(zip(("en", "ur"), words))):
        if not schema.is_valid({key: value}):
            print(key, value, "is refused")
    for value in ("no such", {"en": words[0], "ur": "no such"}):
        if schema.is_valid({key: value}):
            print(key, value, "is taken")
PY
if python3 -c 'import jsonschema, yaml' 2>/dev/null; then
    python3 -W ignore languages.py
fi
# A block's snippet, as it is inserted, is no error.
cp "$SITREP_HOME"/samples/*.csv .
echo '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>' >picture.svg
cat >snippets.py <<'PY'
import json, re

for name, snippet in json.load(open("editor/sitrep.code-snippets")).items():
    body = "\n".join(snippet["body"])
    if not body.startswith("```"):
        continue
    body = re.sub(r"\$\{\d+:([^}]*)\}", r"\1", re.sub(r"\$\d+", "", body))
    open("snippet-" + snippet["prefix"] + ".md", "w").write("""---
title: Snippet
data: {incidents: incidents.csv, nap: nap-points.csv, cases: cases.csv,
  displaced: displaced.csv}
period: last complete week
measures:
  attacks: count where side is attack
  operations: count where side is operation
  killed: sum of killed
---
""" + body + "\n")
PY
if command -v python3 >/dev/null; then
    python3 snippets.py
    for file in snippet-*.md; do
        sitrep check "$file" >said 2>&1 || { echo "$file"; cat said; }
    done
fi
