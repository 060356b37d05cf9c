#include "CCommit.h"

#define QUOTED(text) #text
#define TEXT(name) QUOTED(name)

const char *usher_commit(void) {
#ifdef USHER_COMMIT
    return TEXT(USHER_COMMIT);
#else
    return "";
#endif
}
