internal import Hummingbird

/// What goes along with a request.
struct ServerContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// What the request is called in answers and in the log.
    var requestID = ""

    init(source: ApplicationRequestContextSource) { coreContext = CoreRequestContextStorage(source: source) }
}
