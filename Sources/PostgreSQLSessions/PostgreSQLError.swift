internal import Sessions

/// What PostgreSQL, or the library that talks to it, says is wrong.
struct PostgreSQLError: Error {
    /// The class of the error (SQLSTATE); empty where the server said nothing.
    var state: String
    /// The words of the server or the library; they hold no password.
    var message: String
    /// Whether the connection is of no use any more.
    var isConnectionLost: Bool

    /// The error as users of a store know it.
    var storeError: SessionStoreError {
        switch state {
        case "23505", "40001", "40P01", "55P03":
            SessionStoreError(.conflict, "PostgreSQL: somebody else stored something at the same time")
        case "53100": SessionStoreError(.unwritable, "PostgreSQL: the disk is full; free some space and try again")
        case "25006": SessionStoreError(.unwritable, "PostgreSQL: the database can only be read")
        case "42501": SessionStoreError(.unwritable, "PostgreSQL: the user lacks a permission: \(message)")
        case "22021": SessionStoreError(.unwritable, "PostgreSQL: a text holds NUL, which cannot be stored")
        default: SessionStoreError(.unwritable, "PostgreSQL: \(message)")
        }
    }
}
