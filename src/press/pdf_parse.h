/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A strict reader of the PDF that cairo writes: one classic xref table, numbers for
 * indirect lengths, nothing between the objects. Whatever else it meets is an error
 * (I301) with its byte offset and cairo's version, so that a cairo that writes
 * otherwise can't give a document that is half right.
 * Life: pdf_parse fills a pdf_file in an arena; bytes stay borrowed. */
#ifndef SITREP_PRESS_PDF_PARSE_H
#define SITREP_PRESS_PDF_PARSE_H

#include "base/diag.h"

enum pdf_kind {
    PDF_NONE, /* token 0: what pdf_find returns for an absent key */
    PDF_NUMBER,
    PDF_NAME, /* its bytes begin with the slash */
    PDF_STRING,
    PDF_WORD, /* true, false, null */
    PDF_REFERENCE,
    PDF_ARRAY,
    PDF_DICT,
    PDF_CLOSE,
};

/* A value is one token, or an opening token, what it holds, and PDF_CLOSE. */
struct pdf_token {
    uint32_t start;     /* byte in the file */
    uint32_t value;     /* reference: object number; opening: index past its close */
    uint32_t size : 28; /* bytes; an opening token is its bracket alone */
    uint32_t kind : 4;
};

struct pdf_object {
    bool exists;
    uint32_t token; /* of its value */
    bool is_stream;
    struct slice stream; /* as stored */
};

struct pdf_file {
    struct slice bytes;
    size_t token_count;
    const struct pdf_token *token;
    size_t object_count; /* numbers run from 1 to object_count - 1 */
    const struct pdf_object *object;
    uint32_t catalog, information; /* object numbers */
};

/* cost: linear; about 16 bytes a token */
bool pdf_parse(struct slice bytes, struct arena *arena, struct pdf_file *out,
               struct diags *diags);

/* Index of the token after the value at token. */
uint32_t pdf_skip(const struct pdf_file *file, uint32_t token);
/* Token of a dictionary's value; 0 when the key is absent or token is no dictionary. */
uint32_t pdf_find(const struct pdf_file *file, uint32_t dict, const char *key);
enum pdf_kind pdf_kind_at(const struct pdf_file *file, uint32_t token);
struct slice pdf_text(const struct pdf_file *file, uint32_t token);
/* True when the token is the name, written without its slash. */
bool pdf_is_name(const struct pdf_file *file, uint32_t token, const char *name);
/* A whole number that isn't negative. */
bool pdf_integer(const struct pdf_file *file, uint32_t token, uint32_t *out);
/* The object number a reference token points to; 0 when it is no reference or the
 * object was never written. */
uint32_t pdf_target(const struct pdf_file *file, uint32_t token);
/* Token of an object's value; 0 when there is no such object. */
uint32_t pdf_value(const struct pdf_file *file, uint32_t number);

/* Adds an error that begins "can't graft the pages that cairo 1.16.0 drew: ". */
bool pdf_refuse(struct diags *diags, const char *code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
