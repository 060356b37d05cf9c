public import Dialogue
internal import Foundation
public import Logging
public import Sessions

/// Takes what comes in through a channel to the sessions that it belongs to.
///
/// One user has one session at a place. Its name follows from channel, place and user, so that any process finds it; when it is
/// over, the next message that is meant for the bot begins another (`NAME@2`). A turn is stored when a method here
/// returns, each delivery once; actions go on by themselves, and what the bot says arrives through the outbox.
public struct ChannelDesk: Sendable {
    /// Where the channel logs; never what anybody wrote.
    public let logger: Logger
    private let channel: String
    private let engine: SessionEngine
    private let flow: String

    /// Makes a desk.
    ///
    /// - Parameters:
    ///   - channel: The channel's name.
    ///   - engine: Takes the turns.
    ///   - flow: The folder of the flow that new sessions go through.
    ///   - logger: Where to log.
    public init(channel: String, engine: SessionEngine, flow: String, logger: Logger) {
        self.channel = channel
        self.engine = engine
        self.flow = flow
        self.logger = logger
    }

    /// Takes a message: as the reply of a session of its user at its place, or to begin one.
    ///
    /// - Throws: `SessionStoreError` or `SessionEngineError` where it could not be stored; it can be delivered again.
    public func receive(_ message: IncomingMessage) async throws -> Receipt {
        let owner = owner(message.user)
        let names = try await sessions(of: message.user, at: message.place)
        for name in names.reversed() where try await engine.hasTaken(delivery: message.key, in: name) {
            return .repeated(session: name)
        }
        let last = try await latest(names, owner: owner)
        if let last, last.address?.began == message.key { return .repeated(session: last.name) }
        if let last, last.isOpen {
            let answer = try await engine.reply(
                Array(message.text.utf8),
                in: last.name,
                by: owner,
                delivery: message.key,
                patience: .zero
            )
            return answer.isRepeated ? .repeated(session: last.name) : .answered(session: last.name)
        }
        // Who was in the middle of a session that cannot go on means the bot.
        guard message.isAddressed || last?.isOutdated == true else { return .ignored }
        // One that was made and never began, because of a crash in between, begins now.
        let name = names.last.map { last?.isEmpty == true ? $0 : SessionVersion.next(after: $0, among: names) }
        return try await begin(name ?? base(message.user, message.place), message)
    }

    /// Takes an answer to one question, such as a press of a button.
    ///
    /// - Parameters:
    ///   - choice: What the button carried.
    ///   - user: Who pressed it.
    ///   - key: What identifies the delivery.
    /// - Returns: What became of it.
    /// - Throws: As ``receive(_:)``.
    public func choose(_ choice: Choice, by user: String, key: String) async throws -> Receipt {
        do {
            let answer = try await engine.reply(
                Array(choice.text.utf8),
                in: choice.session,
                by: owner(user),
                delivery: key,
                after: choice.position + 1,
                patience: .zero
            )
            return answer.isRepeated ? .repeated(session: choice.session) : .answered(session: choice.session)
        } catch let error as SessionEngineError where error.code == .movedOn || error.code == .flowChanged {
            return .closed
        } catch let error as SessionEngineError where error.code == .unknownSession {
            return .others
        }
    }

    /// The question that a user is to answer at a place, to show it again; `nil` where none is open.
    public func openQuestion(of user: String, at place: String) async throws -> OutgoingMessage? {
        guard let last = try await latest(sessions(of: user, at: place), owner: owner(user)), last.isOpen else {
            return nil
        }
        let messages = try await engine.messages(of: last.name, owner: owner(user), after: 0)
        return messages.last { $0.message.role == .question }.map {
            OutgoingMessage(
                session: last.name,
                place: place,
                user: user,
                number: $0.number,
                position: $0.position,
                message: $0.message
            )
        }
    }

    /// Whether a user has a session at a place that is not over.
    public func isOpen(at place: String, for user: String) async throws -> Bool {
        try await latest(sessions(of: user, at: place), owner: owner(user))?.isOpen ?? false
    }

    /// What to say beside a conversation.
    public func text(of notice: ChannelNotice) -> String { engine.flow(named: flow)?.text(of: notice) ?? "" }

    /// Does something after the answer to a request, at most once: what fails is logged.
    public func later(_ work: @escaping @Sendable () async throws -> Void) {
        // Ends by itself: what channels do here is bounded by the time limits of their clients.
        Task { [logger] in
            do { try await work() } catch { logger.warning("not told", metadata: ["error": "\(error)"]) }
        }
    }

    /// Whose the sessions of a user are.
    func owner(_ user: String) -> String { channel + "/" + user }

    private func begin(_ name: String, _ message: IncomingMessage) async throws -> Receipt {
        let owner = owner(message.user)
        let address = ChannelAddress(place: message.place, user: message.user, began: message.key)
        let answer = try await engine.begin(
            name,
            flow: flow,
            owner: owner,
            channel: channel,
            address: address.text,
            patience: .zero
        )
        guard answer.isRepeated else { return .begun(session: name) }
        // Another message, or this one elsewhere, was quicker.
        let view = try await engine.view(of: name, owner: owner)
        guard view.record.channelAddress?.began != message.key else { return .repeated(session: name) }
        return try await receive(message)
    }

    /// The names of a user's sessions at a place, the first one first.
    private func sessions(of user: String, at place: String) async throws -> [String] {
        let base = base(user, place)
        return try await engine.sessions(of: owner(user)).filter { SessionVersion($0).base == base }
            .sorted { SessionVersion($0).number < SessionVersion($1).number }
    }

    private func base(_ user: String, _ place: String) -> String {
        "c-" + Digest.urlSafe(Digest.sha256("\(channel)\u{0}\(place)\u{0}\(user)".utf8).prefix(16))
    }

    private struct Standing {
        var name: String
        var address: ChannelAddress?
        var isOpen = false
        /// Whether it was made and never began.
        var isEmpty = false
        /// Whether its flow is there no more.
        var isOutdated = false
    }

    /// Where the last of a user's sessions at a place stands; one that cannot go on is over.
    private func latest(_ names: [String], owner: String) async throws -> Standing? {
        guard let name = names.last else { return nil }
        do {
            let view = try await engine.view(of: name, owner: owner)
            let isOver = if case .ended(.completed) = view.rest { true } else { false }
            let isEmpty = view.record.position == 0
            return Standing(
                name: name,
                address: view.record.channelAddress,
                isOpen: !isOver && !isEmpty,
                isEmpty: isEmpty
            )
        } catch let error as SessionEngineError where error.code == .flowChanged {
            return Standing(name: name, address: nil, isOutdated: true)
        } catch let error as SessionEngineError where error.code == .unknownSession {
            return nil
        }
    }
}

extension SessionRecord {
    fileprivate var channelAddress: ChannelAddress? { address.flatMap(ChannelAddress.init(text:)) }
}
