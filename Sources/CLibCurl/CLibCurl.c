#include "CLibCurl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

#if __has_include(<curl/curl.h>)
#define CURL_DISABLE_TYPECHECK 1
#include <curl/curl.h>
#define SAME(ours, theirs) _Static_assert((long)(ours) == (long)(theirs), #theirs)
SAME(CLIBCURL_OK, CURLE_OK);
SAME(CLIBCURL_OK, CURLM_OK);
SAME(CLIBCURL_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_HOST);
SAME(CLIBCURL_COULDNT_CONNECT, CURLE_COULDNT_CONNECT);
SAME(CLIBCURL_WRITE_ERROR, CURLE_WRITE_ERROR);
SAME(CLIBCURL_OPERATION_TIMEDOUT, CURLE_OPERATION_TIMEDOUT);
SAME(CLIBCURL_SSL_CONNECT_ERROR, CURLE_SSL_CONNECT_ERROR);
SAME(CLIBCURL_PEER_FAILED_VERIFICATION, CURLE_PEER_FAILED_VERIFICATION);
SAME(CLIBCURL_AGAIN, CURLE_AGAIN);
SAME(CLIBCURLOPT_NOSIGNAL, CURLOPT_NOSIGNAL);
SAME(CLIBCURLOPT_URL, CURLOPT_URL);
SAME(CLIBCURLOPT_CUSTOMREQUEST, CURLOPT_CUSTOMREQUEST);
SAME(CLIBCURLOPT_NOBODY, CURLOPT_NOBODY);
SAME(CLIBCURLOPT_HTTPHEADER, CURLOPT_HTTPHEADER);
SAME(CLIBCURLOPT_POSTFIELDS, CURLOPT_POSTFIELDS);
SAME(CLIBCURLOPT_POSTFIELDSIZE, CURLOPT_POSTFIELDSIZE);
SAME(CLIBCURLOPT_WRITEFUNCTION, CURLOPT_WRITEFUNCTION);
SAME(CLIBCURLOPT_WRITEDATA, CURLOPT_WRITEDATA);
SAME(CLIBCURLOPT_HEADERFUNCTION, CURLOPT_HEADERFUNCTION);
SAME(CLIBCURLOPT_HEADERDATA, CURLOPT_HEADERDATA);
SAME(CLIBCURLOPT_CONNECTTIMEOUT_MS, CURLOPT_CONNECTTIMEOUT_MS);
SAME(CLIBCURLOPT_TIMEOUT_MS, CURLOPT_TIMEOUT_MS);
SAME(CLIBCURLOPT_PROTOCOLS, CURLOPT_PROTOCOLS);
SAME(CLIBCURLOPT_CAINFO, CURLOPT_CAINFO);
SAME(CLIBCURLOPT_CONNECT_ONLY, CURLOPT_CONNECT_ONLY);
SAME(CLIBCURLOPT_SSL_ENABLE_ALPN, CURLOPT_SSL_ENABLE_ALPN);
SAME(CLIBCURLOPT_PROXY, CURLOPT_PROXY);
SAME(CLIBCURLOPT_PATH_AS_IS, CURLOPT_PATH_AS_IS);
SAME(CLIBCURL_WAIT_INPUT, CURL_WAIT_POLLIN);
SAME(CLIBCURL_WAIT_OUTPUT, CURL_WAIT_POLLOUT);
SAME(CLIBCURLPROTO_HTTP, CURLPROTO_HTTP);
SAME(CLIBCURLPROTO_HTTPS, CURLPROTO_HTTPS);
SAME(sizeof(CURLcode), sizeof(int));
#define CHECK(result, name, ...) \
    _Static_assert(__builtin_types_compatible_p(__typeof__(result (*)(__VA_ARGS__)), __typeof__(&name)), #name);
#else
// As in <curl/curl.h>, but for the argument of the type-safe parts.
typedef void CURL;
typedef void CURLM;
typedef int CURLcode;
typedef int CURLMcode;
typedef int CURLoption;
typedef int CURLINFO;
typedef int CURLMSG;
typedef int curl_socket_t;
typedef struct CURLMsg {
    CURLMSG msg;
    CURL *easy_handle;
    union {
        void *whatever;
        CURLcode result;
    } data;
} CURLMsg;
struct curl_waitfd {
    curl_socket_t fd;
    short events;
    short revents;
};
#define CURLMSG_DONE 1
#define CURL_GLOBAL_DEFAULT 3
#define CURLINFO_RESPONSE_CODE 0x200002
#define CURLINFO_ACTIVESOCKET 0x50002C
#define CHECK(result, name, ...)
#endif

// Result, name and arguments of each function.
#define FUNCTIONS(EACH) \
    EACH(CURLcode, curl_global_init, long) \
    EACH(CURL *, curl_easy_init, void) \
    EACH(void, curl_easy_cleanup, CURL *) \
    EACH(CURLcode, curl_easy_setopt, CURL *, CURLoption, ...) \
    EACH(CURLcode, curl_easy_getinfo, CURL *, CURLINFO, ...) \
    EACH(CURLcode, curl_easy_perform, CURL *) \
    EACH(CURLcode, curl_easy_send, CURL *, const void *, size_t, size_t *) \
    EACH(CURLcode, curl_easy_recv, CURL *, void *, size_t, size_t *) \
    EACH(const char *, curl_easy_strerror, CURLcode) \
    EACH(struct curl_slist *, curl_slist_append, struct curl_slist *, const char *) \
    EACH(void, curl_slist_free_all, struct curl_slist *) \
    EACH(CURLM *, curl_multi_init, void) \
    EACH(CURLMcode, curl_multi_cleanup, CURLM *) \
    EACH(CURLMcode, curl_multi_add_handle, CURLM *, CURL *) \
    EACH(CURLMcode, curl_multi_remove_handle, CURLM *, CURL *) \
    EACH(CURLMcode, curl_multi_perform, CURLM *, int *) \
    EACH(CURLMcode, curl_multi_poll, CURLM *, struct curl_waitfd *, unsigned int, int, int *) \
    EACH(CURLMcode, curl_multi_wakeup, CURLM *) \
    EACH(CURLMsg *, curl_multi_info_read, CURLM *, int *)

FUNCTIONS(CHECK)

#define MEMBER(result, name, ...) result (*name)(__VA_ARGS__);
static struct {
    FUNCTIONS(MEMBER)
} library;
static bool isLoaded;
static char problemText[512];

static void load(void) {
    static const char *const names[] = {
#ifdef __APPLE__
        "libcurl.4.dylib",
#else
        // Debian's other builds of it, with the same interface, and the usual one.
        "libcurl.so.4", "libcurl-gnutls.so.4", "libcurl-nss.so.4",
#endif
    };
    void *handle = NULL;
    for (size_t i = 0; !handle && i < sizeof names / sizeof *names; i++) {
        handle = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
        if (!handle && i == 0) {
            const char *reason = dlerror();
            snprintf(problemText, sizeof problemText, "%s", reason ? reason : names[0]);
        }
    }
    if (!handle) return;
#define LOAD(result, name, ...) \
    if (!(*(void **)&library.name = dlsym(handle, #name))) { \
        snprintf(problemText, sizeof problemText, "it has no function %s; libcurl 7.68 or later is needed", #name); \
        return; \
    }
    FUNCTIONS(LOAD)
    if (library.curl_global_init(CURL_GLOBAL_DEFAULT)) {
        snprintf(problemText, sizeof problemText, "it could not be initialized");
        return;
    }
    isLoaded = true;
}

bool CLibCurlLoad(const char **problem) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    *problem = isLoaded ? NULL : problemText;
    return isLoaded;
}

const char *CLibCurlErrorText(int code) { return library.curl_easy_strerror((CURLcode)code); }

CLibCurlTransferRef CLibCurlMakeTransfer(void) { return (CLibCurlTransferRef)library.curl_easy_init(); }

void CLibCurlFreeTransfer(CLibCurlTransferRef transfer) { library.curl_easy_cleanup((CURL *)transfer); }

int CLibCurlSetNumber(CLibCurlTransferRef transfer, int option, long value) {
    return (int)library.curl_easy_setopt((CURL *)transfer, (CURLoption)option, value);
}

int CLibCurlSetPointer(CLibCurlTransferRef transfer, int option, const void *value) {
    return (int)library.curl_easy_setopt((CURL *)transfer, (CURLoption)option, value);
}

int CLibCurlSetWriter(CLibCurlTransferRef transfer, int option, CLibCurlWriteFunction function) {
    return (int)library.curl_easy_setopt((CURL *)transfer, (CURLoption)option, function);
}

long CLibCurlStatus(CLibCurlTransferRef transfer) {
    long status = 0;
    library.curl_easy_getinfo((CURL *)transfer, CURLINFO_RESPONSE_CODE, &status);
    return status;
}

int CLibCurlSocket(CLibCurlTransferRef transfer) {
    curl_socket_t socket = -1;
    return library.curl_easy_getinfo((CURL *)transfer, CURLINFO_ACTIVESOCKET, &socket) ? -1 : (int)socket;
}

int CLibCurlPerform(CLibCurlTransferRef transfer) { return (int)library.curl_easy_perform((CURL *)transfer); }

int CLibCurlSend(CLibCurlTransferRef transfer, const void *bytes, size_t count, size_t *sent) {
    return (int)library.curl_easy_send((CURL *)transfer, bytes, count, sent);
}

int CLibCurlReceive(CLibCurlTransferRef transfer, void *bytes, size_t count, size_t *received) {
    return (int)library.curl_easy_recv((CURL *)transfer, bytes, count, received);
}

CLibCurlListRef CLibCurlAppend(CLibCurlListRef list, const char *text) { return library.curl_slist_append(list, text); }

void CLibCurlFreeList(CLibCurlListRef list) { library.curl_slist_free_all(list); }

CLibCurlSetRef CLibCurlMakeSet(void) { return (CLibCurlSetRef)library.curl_multi_init(); }

void CLibCurlFreeSet(CLibCurlSetRef set) { library.curl_multi_cleanup((CURLM *)set); }

int CLibCurlAdd(CLibCurlSetRef set, CLibCurlTransferRef transfer) {
    return (int)library.curl_multi_add_handle((CURLM *)set, (CURL *)transfer);
}

int CLibCurlRemove(CLibCurlSetRef set, CLibCurlTransferRef transfer) {
    return (int)library.curl_multi_remove_handle((CURLM *)set, (CURL *)transfer);
}

int CLibCurlPerformSet(CLibCurlSetRef set) {
    int running = 0;
    return (int)library.curl_multi_perform((CURLM *)set, &running);
}

int CLibCurlWait(CLibCurlSetRef set, int socket, short events, int milliseconds) {
    struct curl_waitfd waited = {.fd = socket, .events = events};
    return (int)library.curl_multi_poll((CURLM *)set, &waited, socket < 0 ? 0 : 1, milliseconds, NULL);
}

int CLibCurlWake(CLibCurlSetRef set) { return (int)library.curl_multi_wakeup((CURLM *)set); }

CLibCurlTransferRef CLibCurlNextDone(CLibCurlSetRef set, int *code) {
    int left = 0;
    for (CURLMsg *message; (message = library.curl_multi_info_read((CURLM *)set, &left));) {
        if (message->msg != CURLMSG_DONE) continue;
        *code = (int)message->data.result;
        return (CLibCurlTransferRef)message->easy_handle;
    }
    return NULL;
}
