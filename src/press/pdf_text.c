/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "press/pdf_text.h"

#include "base/civil.h"

static bool is_plain(struct slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] < ' ' || text.data[i] > '~')
            return false;
    return true;
}

static void print_plain(struct text *out, struct slice text)
{
    text_append_string(out, "(");
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.data[i];
        if (byte == '(' || byte == ')' || byte == '\\')
            text_append_string(out, "\\");
        text_append(out, (struct slice){&text.data[i], 1});
    }
    text_append_string(out, ")");
}

void pdf_print_string(struct text *out, struct slice utf8)
{
    if (is_plain(utf8)) {
        print_plain(out, utf8);
        return;
    }
    text_append_string(out, "<FEFF");
    for (size_t at = 0; at < utf8.size;) {
        uint32_t rune = utf8_next(utf8, &at);
        if (rune > 0xFFFF) {
            rune -= 0x10000;
            text_print(out, "%04X%04X", 0xD800 + (rune >> 10), 0xDC00 + (rune & 0x3FF));
        } else {
            text_print(out, "%04X", rune);
        }
    }
    text_append_string(out, ">");
}

void pdf_print_entry(struct text *out, const char *key, struct slice value)
{
    if (value.size == 0)
        return;
    text_print(out, "/%s ", key);
    pdf_print_string(out, value);
    text_append_string(out, "\n");
}

void pdf_print_day(struct text *out, int32_t day, const char *separator)
{
    struct civil civil = civil_of(day);
    if (civil.year >= 1 && civil.year <= 9999)
        text_print(out, "%04d%s%02d%s%02d", civil.year, separator, civil.month,
                   separator, civil.day);
}

/* XML 1.0 has no way to write most control characters. */
void xml_print(struct text *out, struct slice utf8)
{
    for (size_t at = 0; at < utf8.size;) {
        uint32_t rune = utf8_next(utf8, &at);
        bool banned = (rune < ' ' && rune != '\t' && rune != '\n' && rune != '\r') ||
                      rune == 0xFFFE || rune == 0xFFFF;
        switch (rune) {
        case '&': text_append_string(out, "&amp;"); break;
        case '<': text_append_string(out, "&lt;"); break;
        case '>': text_append_string(out, "&gt;"); break;
        default: text_append_rune(out, banned ? 0xFFFD : rune);
        }
    }
}

/* before and after are the tags around a value; a value that is empty prints nothing. */
static void print_property(struct text *out, const char *before, struct slice value,
                           const char *after)
{
    if (value.size == 0)
        return;
    text_append_string(out, before);
    xml_print(out, value);
    text_append_string(out, after);
}

void pdf_print_xmp(struct text *out, const struct pdf_info *info, struct slice producer)
{
    struct text day = {.arena = out->arena};
    pdf_print_day(&day, info->created_day, "-");
    if (day.size)
        text_append_string(&day, "T00:00:00Z");
    text_append_string(
        out, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
             "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
             "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
             "<rdf:Description rdf:about=\"\"\n"
             " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
             " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
             " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n"
             "<dc:format>application/pdf</dc:format>\n");
    print_property(out, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">",
                   info->title, "</rdf:li></rdf:Alt></dc:title>\n");
    print_property(out, "<dc:creator><rdf:Seq><rdf:li>", info->author,
                   "</rdf:li></rdf:Seq></dc:creator>\n");
    print_property(out, "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">",
                   info->subject, "</rdf:li></rdf:Alt></dc:description>\n");
    print_property(out, "<dc:language><rdf:Bag><rdf:li>", info->language,
                   "</rdf:li></rdf:Bag></dc:language>\n");
    print_property(out, "<pdf:Keywords>", info->keywords, "</pdf:Keywords>\n");
    print_property(out, "<pdf:Producer>", producer, "</pdf:Producer>\n");
    print_property(out, "<xmp:CreatorTool>", info->creator, "</xmp:CreatorTool>\n");
    print_property(out, "<xmp:CreateDate>", text_slice(&day), "</xmp:CreateDate>\n");
    print_property(out, "<xmp:ModifyDate>", text_slice(&day), "</xmp:ModifyDate>\n");
    text_append_string(out, "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n"
                            "<?xpacket end=\"r\"?>");
}
