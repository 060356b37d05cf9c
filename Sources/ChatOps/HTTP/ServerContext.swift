internal import Hummingbird

/// What goes along with a request.
struct ServerContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// What the request is called in answers and in the log.
    var requestID = ""

    /// The context of a request that came through an application of somebody else's.
    init(_ core: CoreRequestContextStorage) { coreContext = core }

    init(source: ApplicationRequestContextSource) { coreContext = CoreRequestContextStorage(source: source) }
}
