#include "CLibPQ.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

// Debian has the header in a folder of its own.
#if __has_include(<libpq-fe.h>)
#include <libpq-fe.h>
#define HAS_HEADER 1
#elif __has_include(<postgresql/libpq-fe.h>)
#include <postgresql/libpq-fe.h>
#define HAS_HEADER 1
#endif

#define FUNCTIONS(EACH) \
    EACH(connectdb) EACH(finish) EACH(status) EACH(errorMessage) EACH(transactionStatus) EACH(consumeInput) \
    EACH(setNoticeProcessor) EACH(exec) EACH(prepare) EACH(execPrepared) EACH(sendQueryPrepared) EACH(getResult) \
    EACH(enterPipelineMode) EACH(exitPipelineMode) EACH(pipelineSync) EACH(pipelineStatus) EACH(resultStatus) \
    EACH(resultErrorField) EACH(ntuples) EACH(nfields) EACH(getisnull) EACH(getvalue) EACH(clear)

#ifdef HAS_HEADER
// libpq's enumerations are returned as `int` here: none of them has a negative value.
#define SAME_TYPE(ours, theirs) _Static_assert(__builtin_types_compatible_p(__typeof__(ours), __typeof__(theirs)), #theirs)
#define RETURNS_ENUM(name) \
    _Static_assert(sizeof(PQ##name(0)) == sizeof(int), "PQ" #name " returns something that is no int")
#define CHECK(name) SAME_TYPE(*((CLibPQ *)0)->name, PQ##name);
CHECK(connectdb) CHECK(finish) CHECK(errorMessage) CHECK(consumeInput) CHECK(setNoticeProcessor) CHECK(exec)
CHECK(prepare) CHECK(execPrepared) CHECK(sendQueryPrepared) CHECK(getResult) CHECK(enterPipelineMode)
CHECK(exitPipelineMode) CHECK(pipelineSync) CHECK(resultErrorField) CHECK(ntuples) CHECK(nfields) CHECK(getisnull)
CHECK(getvalue) CHECK(clear)
RETURNS_ENUM(status);
RETURNS_ENUM(transactionStatus);
RETURNS_ENUM(pipelineStatus);
RETURNS_ENUM(resultStatus);
_Static_assert(CLIBPQ_CONNECTION_OK == CONNECTION_OK, "");
_Static_assert(CLIBPQ_COMMAND_OK == PGRES_COMMAND_OK, "");
_Static_assert(CLIBPQ_TUPLES_OK == PGRES_TUPLES_OK, "");
_Static_assert(CLIBPQ_PIPELINE_SYNC == PGRES_PIPELINE_SYNC, "");
_Static_assert(CLIBPQ_TRANSACTION_IDLE == PQTRANS_IDLE, "");
_Static_assert(CLIBPQ_PIPELINE_OFF == PQ_PIPELINE_OFF, "");
#endif

static CLibPQ library;
static int isLoaded;
static char problemText[512];

static void load(void) {
    static const char *const names[] = {
#ifdef __APPLE__
        "libpq.5.dylib", "/opt/homebrew/opt/libpq/lib/libpq.5.dylib", "/usr/local/opt/libpq/lib/libpq.5.dylib",
#else
        "libpq.so.5",
#endif
    };
    void *handle = NULL;
    for (size_t i = 0; !handle && i < sizeof names / sizeof *names; i++) handle = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    if (!handle) {
        const char *reason = dlerror();
        snprintf(problemText, sizeof problemText, "%s", reason ? reason : names[0]);
        return;
    }
#define LOAD(name) \
    if (!(*(void **)&library.name = dlsym(handle, "PQ" #name))) { \
        snprintf(problemText, sizeof problemText, "it has no function PQ%s; libpq 14 or later is needed", #name); \
        return; \
    }
    FUNCTIONS(LOAD)
    isLoaded = 1;
}

const CLibPQ *CLibPQLoad(const char **problem) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    *problem = isLoaded ? NULL : problemText;
    return isLoaded ? &library : NULL;
}
