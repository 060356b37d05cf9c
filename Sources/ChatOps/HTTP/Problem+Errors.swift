internal import HTTPTypes
internal import Hummingbird
internal import Sessions

extension Problem {
    /// What an error is answered with; what it says of the server's inside goes to the log alone.
    init(_ error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let error as SessionEngineError: self.init(error)
        case let error as SessionStoreError: self.init(error)
        case is CancellationError: self = .unavailable("the server is stopping; send it again")
        case let error as any HTTPResponseError:
            switch error.status {
            case .notFound: self = .notFound("there is nothing at this address")
            case .contentTooLarge:
                self.init(status: .contentTooLarge, code: "too-large", detail: "the body is too large")
            case let status where status.kind == .clientError:
                self.init(status: status, code: "bad-request", detail: status.reasonPhrase)
            default: self = .defect
            }
        default: self = .defect
        }
    }

    private init(_ error: SessionEngineError) {
        switch error.code {
        case .unknownSession: self = .notFound(error.message)
        case .unknownFlow:
            self = .badRequest(error.message, mistakes: [Mistake(pointer: "/flow", detail: error.message)])
        case .flowChanged:
            self.init(status: .conflict, code: "flow-changed", detail: error.message + "; begin a new one")
        case .movedOn: self.init(status: .conflict, code: "moved-on", detail: error.message)
        case .busy, .newerFlow: self = .unavailable(error.message)
        }
    }

    private init(_ error: SessionStoreError) {
        switch error.code {
        case .exists: self.init(status: .conflict, code: "exists", detail: error.message)
        case .notFound: self = .notFound(error.message)
        case .conflict, .unwritable: self = .unavailable("the store cannot take anything at the moment; send it again")
        case .unreadable: self = .defect
        }
    }

    /// Whether people who run the server should know of it.
    var isServersFault: Bool { status.kind == .serverError }
}
