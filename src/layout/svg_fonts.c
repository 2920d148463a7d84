/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words in an SVG are set by librsvg, which asks fontconfig. It is given a
 * configuration of our own list of faces, so that a brief is the same on every machine;
 * the machine's is never read. */
#include "layout/font.h"
#include "layout/fonts.h"

#include <fontconfig/fontconfig.h>

/* What drawings ask for most, and Inter for all that isn't in the list. */
static const char rules[] =
    "<?xml version=\"1.0\"?><fontconfig>"
    "<alias binding=\"strong\"><family>serif</family><prefer>"
    "<family>Noto Serif</family></prefer></alias>"
    "<alias binding=\"strong\"><family>Times New Roman</family><prefer>"
    "<family>Noto Serif</family></prefer></alias>"
    "<alias binding=\"strong\"><family>monospace</family><prefer>"
    "<family>DejaVu Sans Mono</family></prefer></alias>"
    "<alias binding=\"strong\"><family>Courier New</family><prefer>"
    "<family>DejaVu Sans Mono</family></prefer></alias>"
    "<match target=\"pattern\"><edit name=\"family\" mode=\"append_last\">"
    "<string>Inter</string><string>Noto Nastaliq Urdu</string></edit></match>"
    "</fontconfig>";

void *svg_fonts_new(const struct face *face, size_t count)
{
    FcConfig *config = FcConfigCreate();
    if (!config)
        return NULL;
    FcConfigParseAndLoadFromMemory(config, (const FcChar8 *)rules, FcFalse);
    for (size_t i = 0; i < count; i++)
        FcConfigAppFontAddFile(config, (const FcChar8 *)face[i].path);
    return config;
}

/* What is set is the process's: librsvg has no other way to be told. */
void svg_fonts_use(void *config)
{
    if (config)
        FcConfigSetCurrent(config);
}

bool svg_fonts_have(void *config, uint32_t rune)
{
    const FcFontSet *set = FcConfigGetFonts(config, FcSetApplication);
    for (int i = 0; set && i < set->nfont; i++) {
        FcCharSet *letters;
        if (FcPatternGetCharSet(set->fonts[i], FC_CHARSET, 0, &letters) ==
                FcResultMatch &&
            FcCharSetHasChar(letters, rune))
            return true;
    }
    return false;
}

void svg_fonts_free(void *config)
{
    if (config)
        FcConfigDestroy(config);
}
