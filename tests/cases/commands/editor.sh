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
