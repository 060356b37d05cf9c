// The part of libpq (PostgreSQL 14 or later) that PostgreSQLSessions uses, loaded when the first connection is made.
//
// Usher is built without libpq and starts without it: only a server that keeps its sessions in PostgreSQL needs the
// library. Where libpq's own header is installed, CLibPQ.c compares each declaration here with it.
#pragma once

#pragma clang assume_nonnull begin

typedef struct pg_conn PGconn;
typedef struct pg_result PGresult;

// Values of libpq's enumerations, which are part of its binary interface.
#define CLIBPQ_CONNECTION_OK 0
#define CLIBPQ_COMMAND_OK 1
#define CLIBPQ_TUPLES_OK 2
#define CLIBPQ_PIPELINE_SYNC 10
#define CLIBPQ_TRANSACTION_IDLE 0
#define CLIBPQ_PIPELINE_OFF 0

typedef void (*CLibPQNoticeProcessor)(void *_Nullable context, const char *message);

/// The functions by their names in libpq, without `PQ`.
typedef struct CLibPQ {
    PGconn *_Nullable (*_Nonnull connectdb)(const char *conninfo);
    void (*_Nonnull finish)(PGconn *_Nullable conn);
    int (*_Nonnull status)(const PGconn *conn);
    char *_Nullable (*_Nonnull errorMessage)(const PGconn *conn);
    int (*_Nonnull transactionStatus)(const PGconn *conn);
    int (*_Nonnull consumeInput)(PGconn *conn);
    CLibPQNoticeProcessor _Nullable (*_Nonnull setNoticeProcessor)(
        PGconn *conn, CLibPQNoticeProcessor _Nullable processor, void *_Nullable context);

    PGresult *_Nullable (*_Nonnull exec)(PGconn *conn, const char *query);
    PGresult *_Nullable (*_Nonnull prepare)(
        PGconn *conn, const char *name, const char *query, int count, const unsigned int *_Nullable types);
    PGresult *_Nullable (*_Nonnull execPrepared)(
        PGconn *conn, const char *name, int count, const char *_Nullable const *_Nullable values,
        const int *_Nullable lengths, const int *_Nullable formats, int resultFormat);
    int (*_Nonnull sendQueryPrepared)(
        PGconn *conn, const char *name, int count, const char *_Nullable const *_Nullable values,
        const int *_Nullable lengths, const int *_Nullable formats, int resultFormat);
    PGresult *_Nullable (*_Nonnull getResult)(PGconn *conn);

    int (*_Nonnull enterPipelineMode)(PGconn *conn);
    int (*_Nonnull exitPipelineMode)(PGconn *conn);
    int (*_Nonnull pipelineSync)(PGconn *conn);
    int (*_Nonnull pipelineStatus)(const PGconn *conn);

    int (*_Nonnull resultStatus)(const PGresult *_Nullable result);
    char *_Nullable (*_Nonnull resultErrorField)(const PGresult *_Nullable result, int field);
    int (*_Nonnull ntuples)(const PGresult *_Nullable result);
    int (*_Nonnull nfields)(const PGresult *_Nullable result);
    int (*_Nonnull getisnull)(const PGresult *_Nullable result, int row, int column);
    char *_Nullable (*_Nonnull getvalue)(const PGresult *_Nullable result, int row, int column);
    void (*_Nonnull clear)(PGresult *_Nullable result);
} CLibPQ;

/// Loads libpq, once for the process; any thread may ask.
///
/// Returns NULL where it is not installed or lacks a function; `*problem` then says what the dynamic loader said. The text
/// stays valid as long as the process.
const CLibPQ *_Nullable CLibPQLoad(const char *_Nullable *_Nonnull problem);

#pragma clang assume_nonnull end
