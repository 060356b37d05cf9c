#pragma once
#include <stdint.h>

/// How often this thread asked for memory so far: malloc, calloc, realloc, posix_memalign and aligned_alloc, each as
/// one. Always 0 on systems other than Linux.
uint64_t allocation_count(void);
