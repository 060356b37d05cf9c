// The part of libcurl (7.68 or later) that Networking uses, loaded when the first connection is made.
//
// Usher is built without libcurl and starts without it: its many libraries would otherwise be loaded at each start, by
// programs that never connect to anything. Where libcurl's own header is installed, CLibCurl.c compares each declaration
// here with it.
#pragma once

#include <stdbool.h>
#include <stddef.h>

#pragma clang assume_nonnull begin

/// A transfer (`CURL *`), a set of transfers (`CURLM *`) and a list of texts (`struct curl_slist *`).
typedef struct CLibCurlTransfer *CLibCurlTransferRef;
typedef struct CLibCurlSet *CLibCurlSetRef;
typedef struct curl_slist *CLibCurlListRef;

/// Receives `size * count` bytes; returns how many it took, and fewer to end the transfer.
typedef size_t (*CLibCurlWriteFunction)(char *bytes, size_t size, size_t count, void *_Nullable context);

// Values of libcurl's enumerations, which are part of its binary interface.
#define CLIBCURL_OK 0
#define CLIBCURL_COULDNT_RESOLVE_HOST 6
#define CLIBCURL_COULDNT_CONNECT 7
#define CLIBCURL_WRITE_ERROR 23
#define CLIBCURL_OPERATION_TIMEDOUT 28
#define CLIBCURL_SSL_CONNECT_ERROR 35
#define CLIBCURL_PEER_FAILED_VERIFICATION 60
#define CLIBCURL_AGAIN 81

#define CLIBCURLOPT_NOSIGNAL 99
#define CLIBCURLOPT_URL 10002
#define CLIBCURLOPT_CUSTOMREQUEST 10036
#define CLIBCURLOPT_NOBODY 44
#define CLIBCURLOPT_HTTPHEADER 10023
#define CLIBCURLOPT_POSTFIELDS 10015
#define CLIBCURLOPT_POSTFIELDSIZE 60
#define CLIBCURLOPT_WRITEFUNCTION 20011
#define CLIBCURLOPT_WRITEDATA 10001
#define CLIBCURLOPT_HEADERFUNCTION 20079
#define CLIBCURLOPT_HEADERDATA 10029
#define CLIBCURLOPT_CONNECTTIMEOUT_MS 156
#define CLIBCURLOPT_TIMEOUT_MS 155
#define CLIBCURLOPT_PROTOCOLS 181
#define CLIBCURLOPT_CAINFO 10065
#define CLIBCURLOPT_CONNECT_ONLY 141
#define CLIBCURLOPT_SSL_ENABLE_ALPN 226
#define CLIBCURLOPT_PROXY 10004
#define CLIBCURLOPT_PATH_AS_IS 234

#define CLIBCURL_WAIT_INPUT 1
#define CLIBCURL_WAIT_OUTPUT 4

#define CLIBCURLPROTO_HTTP 1
#define CLIBCURLPROTO_HTTPS 2

/// Loads libcurl, once for the process; any thread may ask.
///
/// Returns `false` where it is not installed or lacks a function; `*problem` then says what the dynamic loader said. The
/// text stays valid as long as the process. No other function may be called before this one has returned `true`.
bool CLibCurlLoad(const char *_Nullable *_Nonnull problem);

/// What an error code means, in a few words.
const char *CLibCurlErrorText(int code);

CLibCurlTransferRef _Nullable CLibCurlMakeTransfer(void);
void CLibCurlFreeTransfer(CLibCurlTransferRef transfer);
int CLibCurlSetNumber(CLibCurlTransferRef transfer, int option, long value);
/// Sets a text, which libcurl copies, except that of `CLIBCURLOPT_POSTFIELDS`; or a list.
int CLibCurlSetPointer(CLibCurlTransferRef transfer, int option, const void *_Nullable value);
int CLibCurlSetWriter(CLibCurlTransferRef transfer, int option, CLibCurlWriteFunction function);
/// The status of the answer; 0 where none came.
long CLibCurlStatus(CLibCurlTransferRef transfer);
/// The socket of a connection that was made with `CLIBCURLOPT_CONNECT_ONLY`; -1 where there is none.
int CLibCurlSocket(CLibCurlTransferRef transfer);

/// Connects, or makes the whole transfer, on this thread.
int CLibCurlPerform(CLibCurlTransferRef transfer);
int CLibCurlSend(CLibCurlTransferRef transfer, const void *bytes, size_t count, size_t *sent);
int CLibCurlReceive(CLibCurlTransferRef transfer, void *bytes, size_t count, size_t *received);

/// Adds a text to a list, which is made where there is none; NULL where there is no memory, and the list is as it was.
CLibCurlListRef _Nullable CLibCurlAppend(CLibCurlListRef _Nullable list, const char *text);
void CLibCurlFreeList(CLibCurlListRef _Nullable list);

CLibCurlSetRef _Nullable CLibCurlMakeSet(void);
void CLibCurlFreeSet(CLibCurlSetRef set);
int CLibCurlAdd(CLibCurlSetRef set, CLibCurlTransferRef transfer);
int CLibCurlRemove(CLibCurlSetRef set, CLibCurlTransferRef transfer);
/// Does what can be done without waiting.
int CLibCurlPerformSet(CLibCurlSetRef set);
/// Waits until a transfer or the socket can go on, somebody wakes it, or the time is over.
///
/// `socket` is -1 for none; `events` are those of CLIBCURL_WAIT_…, added up.
int CLibCurlWait(CLibCurlSetRef set, int socket, short events, int milliseconds);
/// Ends a wait, from any thread.
int CLibCurlWake(CLibCurlSetRef set);
/// The next transfer that is done, with its error code; NULL where there is none.
CLibCurlTransferRef _Nullable CLibCurlNextDone(CLibCurlSetRef set, int *code);

#pragma clang assume_nonnull end
