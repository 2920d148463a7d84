# All headings are listed but a headline above the list, whether or not values stand in
# the first one.
front='---
title: T
data: incidents.csv
period: 2026-W46
---'
list() {
    printf '%s\n%b\n' "$front" "$1" >contents.md
    sitrep render contents.md -q -o - -f txt
    echo ==
}
list '::: contents\n\n# Plain\n\nText\n\n## Sub {{ incidents }}\n\n# Second'
list '::: contents\n\n# A {{ incidents }} B\n\nText\n\n# Second'
list '# The week\n\n::: contents\n\n# Plain\n\n## Sub'
list '# The week: {{ incidents }}\n\n::: contents\n\n# Plain'
