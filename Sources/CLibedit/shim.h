#ifndef USHER_CLIBEDIT_SHIM_H
#define USHER_CLIBEDIT_SHIM_H

#include <histedit.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

// Swift reads wchar_t as Unicode.Scalar, which not every value of it is. The functions below speak of uint32_t, which
// has the same size and alignment wherever libedit is found.
_Static_assert(sizeof(wchar_t) == sizeof(uint32_t), "wchar_t must have 32 bits");

// What the editor calls back. `context` comes first in each call; the strings end in 0.
typedef struct {
    void *context;
    // Reads one scalar: 1, or 0 at the end of the input, or -1 to give the line up.
    int (*read)(void *context, uint32_t *scalar);
    // The prompt; escape sequences stand between two U+0001.
    const uint32_t *(*prompt)(void *context);
    // The commands behind Tab and behind the start of a bracketed paste. They answer with CC_... codes.
    unsigned char (*complete)(void *context);
    unsigned char (*paste)(void *context);
} usher_callbacks;

// The callbacks of an editor travel with it as its client data. (el_wget is variadic: Swift cannot call it.)
static inline usher_callbacks *usher_el_callbacks(EditLine *el) {
    void *data = NULL;
    el_wget(el, EL_CLIENTDATA, &data);
    return (usher_callbacks *)data;
}

// libedit hands its own pointer to callbacks, and wchar_t: these turn the one into the context and the other into
// uint32_t.
static inline int usher_el_read(EditLine *el, wchar_t *character) {
    usher_callbacks *callbacks = usher_el_callbacks(el);
    uint32_t scalar = 0;
    int count = callbacks->read(callbacks->context, &scalar);
    *character = (wchar_t)scalar;
    return count;
}

static inline wchar_t *usher_el_prompt(EditLine *el) {
    usher_callbacks *callbacks = usher_el_callbacks(el);
    return (wchar_t *)callbacks->prompt(callbacks->context);
}

static inline unsigned char usher_el_complete(EditLine *el, int key) {
    (void)key;
    usher_callbacks *callbacks = usher_el_callbacks(el);
    return callbacks->complete(callbacks->context);
}

static inline unsigned char usher_el_paste(EditLine *el, int key) {
    (void)key;
    usher_callbacks *callbacks = usher_el_callbacks(el);
    return callbacks->paste(callbacks->context);
}

// Makes an editor on two descriptors, with streams of its own. (Swift cannot name the stdin and stdout globals in
// Swift 6 mode, and fdopen in a failing order leaks: so it is done here.) NULL where it cannot be made.
static inline EditLine *usher_el_init(const char *program, int input, int output) {
    int copies[2] = {dup(input), dup(output)};
    FILE *in = copies[0] >= 0 ? fdopen(copies[0], "r") : NULL;
    FILE *out = copies[1] >= 0 ? fdopen(copies[1], "w") : NULL;
    EditLine *el = in && out ? el_init(program, in, out, out) : NULL;
    if (el == NULL) {
        if (in != NULL) { fclose(in); } else if (copies[0] >= 0) { close(copies[0]); }
        if (out != NULL) { fclose(out); } else if (copies[1] >= 0) { close(copies[1]); }
    }
    return el;
}

// Ends an editor and closes the streams that usher_el_init made. (el_get is variadic.)
static inline void usher_el_end(EditLine *el) {
    FILE *in = NULL;
    FILE *out = NULL;
    el_get(el, EL_GETFP, 0, &in);
    el_get(el, EL_GETFP, 1, &out);
    el_end(el);
    if (in != NULL) { fclose(in); }
    if (out != NULL) { fclose(out); }
}

// Everything below exists because el_wset and history_w are variadic, and Swift calls no variadic C functions.

static inline void usher_el_set_callbacks(EditLine *el, usher_callbacks *callbacks) {
    el_wset(el, EL_CLIENTDATA, (void *)callbacks);
    el_wset(el, EL_GETCFN, usher_el_read);
    el_wset(el, EL_PROMPT_ESC, usher_el_prompt, L'\1');
    el_wset(el, EL_ADDFN, L"usher-complete", L"Complete the word before the cursor", usher_el_complete);
    el_wset(el, EL_ADDFN, L"usher-paste", L"Take a bracketed paste", usher_el_paste);
}

static inline void usher_el_set_emacs(EditLine *el) {
    el_wset(el, EL_EDITOR, L"emacs");
}

static inline int usher_el_bind(EditLine *el, const uint32_t *keys, const uint32_t *command) {
    return el_wset(el, EL_BIND, (const wchar_t *)keys, (const wchar_t *)command, NULL);
}

static inline void usher_el_set_history(EditLine *el, HistoryW *history) {
    el_wset(el, EL_HIST, history_w, history);
}

// 1 puts the terminal into the editor's mode, 0 into the one that it had before.
static inline void usher_el_prepare_terminal(EditLine *el, int raw) {
    el_wset(el, EL_PREP_TERM, raw);
}

static inline void usher_el_refresh(EditLine *el) {
    el_wset(el, EL_REFRESH);
}

static inline void usher_history_set_size(HistoryW *history, int count) {
    HistEventW event;
    history_w(history, &event, H_SETSIZE, count);
}

static inline void usher_history_enter(HistoryW *history, const uint32_t *line) {
    HistEventW event;
    history_w(history, &event, H_ENTER, (const wchar_t *)line);
}

// These cast between wchar_t and uint32_t.

static inline const uint32_t *usher_el_gets(EditLine *el, int *count) {
    return (const uint32_t *)el_wgets(el, count);
}

static inline int usher_el_insert(EditLine *el, const uint32_t *text) {
    return el_winsertstr(el, (const wchar_t *)text);
}

// The line so far: its scalars, how many there are, and how many stand before the cursor.
static inline const uint32_t *usher_el_line(EditLine *el, int *count, int *cursor) {
    const LineInfoW *line = el_wline(el);
    *count = (int)(line->lastchar - line->buffer);
    *cursor = (int)(line->cursor - line->buffer);
    return (const uint32_t *)line->buffer;
}

#endif
