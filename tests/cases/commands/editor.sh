# The editor's files are what the registries say, and are JSON.
mkdir editor
sh "$SITREP_HOME/templates/editor/generate" editor
for file in front-matter.schema.json blocks.schema.json sitrep.code-snippets; do
    cmp "editor/$file" "$SITREP_HOME/templates/editor/$file" && echo "$file is up to date"
    command -v python3 >/dev/null || continue
    python3 -m json.tool "editor/$file" >/dev/null || echo "$file is no JSON"
done
