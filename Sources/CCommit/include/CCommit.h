#ifndef USHER_CCOMMIT_H
#define USHER_CCOMMIT_H

/// The commit that this was built from, or "" where the build was not told.
const char *_Nonnull usher_commit(void);

#endif
