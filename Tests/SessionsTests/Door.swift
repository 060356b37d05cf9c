/// Holds an action until the test lets it go.
final class Door: Sendable {
    private let stream: AsyncStream<Void>
    private let key: AsyncStream<Void>.Continuation
    let entered: AsyncStream<Void>
    private let bell: AsyncStream<Void>.Continuation

    init() {
        (stream, key) = AsyncStream.makeStream()
        (entered, bell) = AsyncStream.makeStream()
    }

    func open() { key.finish() }
    func pass() async {
        bell.yield()
        for await _ in stream {}
    }
}
