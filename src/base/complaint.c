/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A table from libfyaml 0.7's words to ours. What it doesn't know is still refused, in
 * general words: theirs speak of grammar that no editor has learnt. */
#include "base/complaint.h"

#include <stddef.h>
#include <string.h>

static const struct {
    const char *theirs; /* a part of it */
    struct complaint ours;
} explained[] = {
    {"closing quote",
     {"a quote is opened and not closed", "close it, or double it inside"}},
    {"closing brac", {"a bracket is opened and not closed", "close it, or " QUOTE_IT}},
    {"missing comma", {"a comma or a closing bracket is missing", NULL}},
    {"extra closing", {"a bracket is closed that was not opened", QUOTE_IT}},
    {"extra comma", {"there is a comma too many", NULL}},
    {"trailing content",
     {"there is text after the closing quote",
      "use the other quotes outside, or double the inner ones"}},
    {"invalid escape",
     {"an unknown \"\\\" sign in double quotes",
      "use single quotes, in which \"\\\" stands for itself"}},
    {"nested block mapping", {"a second \": \" in one value", QUOTE_IT}},
    {"multiline plain key",
     {"a line below is indented deeper than this one, as if the value went on there",
      "indent it as this line, or " QUOTE_IT}},
    {"plain multiline",
     {"a \": \" in a line that the value above goes on in",
      "indent it as its neighbours, or put the value above in quotes"}},
    {"after mapping",
     {"a line that doesn't belong to the value above",
      "write the value in one line, or " QUOTE_IT}},
    {"expected node content",
     {"something is missing before this", "fill in or delete an empty \"-\" above"}},
    {"expected ':'",
     {"a line that is neither \"key: value\" nor a part of the one above",
      "write \"key: value\", indented as its neighbours"}},
    {"expected key",
     {"a line that is neither \"key: value\" nor a part of the one above",
      "write \"key: value\", indented as its neighbours"}},
    {"tab", {"a tab is used as indentation", "indent with spaces"}},
    {"cannot start",
     {"a value begins with a sign that has a meaning of its own", QUOTE_IT}},
    {"block sequence on the same line",
     {"a list begins in the line of its key",
      "put each \"- \" in a line of its own below the key"}},
    {"indent",
     {"the indentation doesn't fit the lines around",
      "indent lines that belong together by the same number of spaces"}},
    {"depth", {"lists and mappings are nested too deep", "at most 64 levels are read"}},
};

struct complaint yaml_explain(const char *theirs)
{
    for (size_t i = 0; theirs && i < sizeof explained / sizeof *explained; i++) {
        if (strstr(theirs, explained[i].theirs))
            return explained[i].ours;
    }
    return (struct complaint){"this can't be read as YAML",
                              "compare it with the lines around, or " QUOTE_IT};
}
