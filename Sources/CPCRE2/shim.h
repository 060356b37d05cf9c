#ifndef USHER_CPCRE2_SHIM_H
#define USHER_CPCRE2_SHIM_H

// Must stand before the include: it selects the functions that end in `_8`.
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#endif
