import Foundation
import Synchronization

/// The file of tokens: a JSON object with a list, readable by its user only.
///
/// A change of the file counts from the next request on, so a token is taken back without a restart.
public final class TokenFile: Sendable {
    private struct Version: Hashable {
        var modified: Date?
        var size: Int?
        var file: Int?
    }

    private struct Loaded {
        var version = Version()
        var tokens: [String: AccessToken] = [:]
    }

    private struct Document: Codable {
        var version = 1
        var tokens: [AccessToken]
    }

    /// Where it is.
    public let path: String
    private let loaded = Mutex(Loaded())

    /// Names a file, which need not be there yet.
    public init(path: String) { self.path = path }

    /// All tokens, sorted by name; none where there is no file.
    ///
    /// - Throws: ``TokenFileError`` where the file cannot be read or holds something else.
    public func all() throws -> [AccessToken] {
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        return try read().sorted { $0.name < $1.name }
    }

    /// The record of a token, or `nil` where nobody knows it.
    ///
    /// - Throws: ``TokenFileError``.
    public func record(of token: String) throws -> AccessToken? {
        let hash = AccessToken.hash(of: token)
        return try loaded.withLock { loaded in
            let version = version()
            if loaded.version != version || version == Version() {
                loaded.tokens = Dictionary(try read().map { ($0.hash, $0) }, uniquingKeysWith: { $1 })
                loaded.version = version
            }
            return loaded.tokens[hash]
        }
    }

    /// Adds a token, in place of one of that name.
    ///
    /// - Throws: ``TokenFileError``.
    public func add(_ token: AccessToken) throws { try write(all().filter { $0.name != token.name } + [token]) }

    /// Takes a token back.
    ///
    /// - Returns: Whether there was one of that name.
    /// - Throws: ``TokenFileError``.
    public func remove(_ name: String) throws -> Bool {
        let tokens = try all()
        let rest = tokens.filter { $0.name != name }
        guard rest.count < tokens.count else { return false }
        try write(rest)
        return true
    }

    private func version() -> Version {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return Version(
            modified: attributes?[.modificationDate] as? Date,
            size: attributes?[.size] as? Int,
            file: attributes?[.systemFileNumber] as? Int
        )
    }

    private func read() throws -> [AccessToken] {
        let data: Data
        do { data = try Data(contentsOf: URL(filePath: path)) } catch {
            throw TokenFileError(message: "\(path): the tokens cannot be read (\(error.localizedDescription))")
        }
        guard let document = try? JSONDecoder().decode(Document.self, from: data), document.version == 1 else {
            throw TokenFileError(message: "\(path): this is no file of tokens; make one with 'usher token add'")
        }
        return document.tokens
    }

    private func write(_ tokens: [AccessToken]) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        let url = URL(filePath: path)
        let new = url.deletingLastPathComponent().appending(path: ".\(url.lastPathComponent).new")
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(),
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            let data = try encoder.encode(Document(tokens: tokens.sorted { $0.name < $1.name }))
            // The permissions are there before the content is, and the old file until the new one is whole.
            try? FileManager.default.removeItem(at: new)
            guard
                FileManager.default.createFile(
                    atPath: new.path,
                    contents: data,
                    attributes: [.posixPermissions: 0o600]
                )
            else { throw CocoaError(.fileWriteUnknown) }
            guard rename(new.path, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
        } catch {
            throw TokenFileError(message: "\(path): the tokens cannot be written (\(error.localizedDescription))")
        }
    }
}

/// Why a file of tokens could not be used.
public struct TokenFileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong and what to do.
    public var message: String

    /// The message.
    public var description: String { message }
}
