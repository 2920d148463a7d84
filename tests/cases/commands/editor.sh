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
# What sitrep refuses or says does nothing the schemas refuse, and nothing else.
cp "$SITREP_HOME"/samples/*.csv .
cat >agree.py <<'PY'
import json, re, subprocess
import jsonschema, yaml
from fit import Text

front, blocks = (json.load(open("editor/" + name + ".schema.json"))
                 for name in ("front-matter", "blocks"))
HEAD = """data: {incidents: incidents.csv, nap: nap-points.csv}
period: last complete week
measures:
  attacks: count where side is attack
  killed: sum of killed where side is attack
"""

def refused(text):
    open("agree.md", "w").write(text)
    run = subprocess.run(["sitrep", "check", "-q", "agree.md"], capture_output=True,
                         text=True)
    return run.returncode != 0 or "[M110]" in run.stdout + run.stderr

def compare(schema, text, template, about):
    valid = jsonschema.Draft7Validator(schema).is_valid(yaml.load(text, Text) or {})
    if valid == refused(template):
        print(about, "is", "taken" if valid else "refused", "by the schema alone")

for line in """title: [a]|title: {en: A, ur: B}|week starts: Monday|week starts: mon
paper: A4|paper: a5|pages: "4"|pages: four|pages: 0|pages: 4.5|pages: {en: 4, ur: 5}
cover: no|cover: none|smart: maybe|hyphenate: off|digits: urdu|digits: arabic
grouping: indian|grouping: lakh|footer: [a]|notice: {fr: X}|compare: [previous week]
theme: paper|theme: nothere|language: fr|as of: 2026-11-15|as of: 15.11.2026
own: x|own: 12|own: [a]|own: {en: a, ur: b}|own: {a: b}|values: {a: b}|values: [a, b]
values: {a: [b]}|breaks: {2026-06-01: a}|breaks: [2026-06-01]|keywords: a, b""" \
        .replace("\n", "|").split("|"):
    key = line.split(":")[0]
    compare(front, HEAD + line, "---\n" + HEAD + line + "\n---\nx {{ attacks }}\n", line)

LINE = "type: line; show: attacks; by: week; "
BARS = "type: bars; show: attacks; by: province; "
for block, bodies in {
    "cards": ["show: attacks", "show: [attacks, killed]", "sparkline: 26 weeks",
              "show: attacks; sparkline: 26", "show: attacks; sparkline: yes",
              "show: attacks; edge: red", "show: attacks; edge: attack, neutral",
              "show: attacks; title: x"],
    "chart": ["type: pie; show: attacks; by: province", "show: attacks; by: week",
              "type: line; by: week", "type: line; show: attacks", "type: timeline",
              LINE + "height: 140 to 200", LINE + "height: 5cm", LINE + "height: 10",
              LINE + "height: {en: 100, ur: 120 to 140}", LINE + "band: yes",
              LINE + "band: expected", LINE + "trend: maybe", LINE + "scale: logs",
              LINE + "scale: linear", LINE + "last: 52", LINE + "last: 26 weeks",
              LINE + "title: [a]", LINE + "title: {en: a, ur: b}", LINE + "colours: red",
              LINE + "highlight: Sindh", LINE + "lanes: side", LINE + "shares: yes",
              BARS + "top: {en: 7, ur: 5}", BARS + "top: all", BARS + "top: 0",
              BARS + "others: maybe", BARS + "highlight: [Sindh, Punjab]",
              BARS + "band: expected", BARS + "labels: 3", BARS + "tick: yes"],
    "table": ["rows: [district, province]; show: attacks", "row: district; show: attacks",
              "rows: district; show: attacks; rank: yes; cut: 3", "data: nap",
              "rows: district; show: attacks; top: many", "data: nap; columns: [point]"],
    "incidents": ["show: date; limit: 10", "show: date; limit: ten", "show: date; limit: 0",
                  "show: date; limit: {en: 3, ur: 2}", "show: [date, summary]; lines: 0"],
    "figure": ["alt: x", "file: picture.svg", "file: picture.svg; alt: x; width: 50%",
               "file: picture.svg; alt: x; width: half",
               "file: picture.svg; alt: x; width: 150%"],
    "timeline": ["lanes: side; labels: 3", "lanes: side; labels: all", "limit: 0"],
    "targets": ["classes: [school]", "classes: {Schools: [school]}; only: yes"],
    "method": ["title: x", "titel: x"],
    "status": ["data: nap; status: status; changed: yes", "data: nap; changed: perhaps"],
}.items():
    for body in bodies:
        text = re.sub("; (?=[a-z ]+: )", "\n", body)
        compare(blocks["definitions"][block], text,
                "---\n" + HEAD + "---\nx {{ attacks }}\n\n```" + block + "\n" + text +
                "\n```\n", block + ": " + body)
PY
echo '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>' >picture.svg
if python3 -c 'import jsonschema, yaml' 2>/dev/null; then
    python3 -W ignore agree.py "$SITREP_HOME"
fi
# A block's snippet, as it is inserted, is no error.
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
