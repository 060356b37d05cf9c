internal import CPCRE2
internal import Synchronization

/// A compiled PCRE2 pattern: compiled once, shared by every task, matched on UTF-8 bytes in place.
///
/// The pattern is read as UTF-8 with Unicode properties (`\w` matches `é`, `\d` matches every decimal digit) and is
/// translated to machine code before its first match where the platform has a JIT. Matching runs under ``Limits``; reaching one is an error.
///
/// ```swift
/// let pattern = try Pattern(#"\b(?<bucket>[a-z0-9.-]{3,63})\b"#)
/// let scratch = MatchScratch()
/// let match = try pattern.firstMatch(in: "use my-data please", scratch: scratch)
/// ```
///
/// - Note: Source: pcre2api(3), pcre2pattern(3), pcre2unicode(3), pcre2jit(3).
@safe
public final class Pattern: Sendable {
    /// The pattern as it was written.
    public let source: String
    /// How it was compiled.
    public let options: Options
    /// What one match may cost.
    public let limits: Limits
    /// The names of the capture groups by number: index 0 is group 1; `""` for a group without a name.
    public let groupNames: [String]
    // SAFETY: the pointer never changes. What it points to is written in `init`, before anyone else can see the object,
    // and once more in `translate`, under a lock that every match waits for; from then on it is only read, until
    // `deinit`. pcre2api(3) "MULTITHREADING" allows any number of threads to match with one compiled pattern.
    nonisolated(unsafe) let code: OpaquePointer
    private let translation = Atomic(Translation.none)
    private let translating = Mutex(())

    /// Compiles a pattern.
    ///
    /// - Parameters:
    ///   - source: the pattern in PCRE2 syntax. `\C` is refused, as it would split characters.
    ///   - options: how the pattern reads; caseless unless told otherwise.
    ///   - limits: what one match may cost. `(*LIMIT_MATCH=…)` in the pattern can lower a limit and never raise it.
    /// - Throws: ``PatternError`` with code `syntax`, PCRE2's message and the byte offset in `source`; or
    ///   `internalFailure` if memory ran out.
    /// - Complexity: ten microseconds for a typical pattern, and twice as much for machine code before the first match;
    ///   compile once and keep it.
    public init(
        _ source: String,
        options: Options = [.caseless],
        limits: Limits = Limits()
    ) throws(PatternError) {
        // SAFETY: `compile` gives code that nobody else holds. It is freed once, in `deinit`.
        let code = unsafe try Self.compile(source, bits: options.compileBits).get()
        self.source = source
        self.options = options
        self.limits = limits
        unsafe self.code = code
        unsafe groupNames = Self.groupNames(of: code)
    }

    deinit {
        // SAFETY: the last owner is gone, so no match is running.
        unsafe pcre2_code_free_8(code)
    }

    /// Whether matching runs as machine code; else the interpreter runs.
    ///
    /// The answers are the same. Asking translates the pattern, as each match does that comes first.
    public var usesJIT: Bool {
        let known = translation.load(ordering: .acquiring)
        return (known == .none ? translate() : known) == .machineCode
    }

    /// Translates the pattern, once.
    ///
    /// Many patterns of a program that is just starting are never matched before it ends.
    private func translate() -> Translation {
        translating.withLock { _ in
            let known = translation.load(ordering: .relaxed)
            guard known == .none else { return known }
            // pcre2_jit_compile(3): an error here (no JIT on this platform, a pattern it cannot do, no executable
            // memory) leaves the pattern good for the interpreter, so it is no failure.
            // SAFETY: no match has begun, as each waits for the answer of `usesJIT`, and this runs once, under the lock.
            let isDone =
                unsafe !options.contains(.interpreted) && pcre2_jit_compile_8(code, PCRE2_JIT_COMPLETE) == 0
                && Self.jitSize(of: code) > 0
            let found = isDone ? Translation.machineCode : .interpreted
            translation.store(found, ordering: .releasing)
            return found
        }
    }

    /// What a pattern was translated to.
    private enum Translation: UInt8, AtomicRepresentable { case none, machineCode, interpreted }

    /// The version and date of the PCRE2 library in use, such as `10.42 2022-12-11`.
    ///
    /// - Note: Source: pcre2_config(3), `PCRE2_CONFIG_VERSION`.
    public static let engineVersion: String = {
        // SAFETY: without a buffer the call only answers with the length; the buffer then has that length.
        let length = pcre2_config_8(UInt32(PCRE2_CONFIG_VERSION), nil)
        guard length > 1 else { return "unknown" }
        let version = unsafe [UInt8](unsafeUninitializedCapacity: Int(length)) { buffer, count in
            // The answer counts the zero at the end.
            count = Int(max(0, unsafe pcre2_config_8(UInt32(PCRE2_CONFIG_VERSION), buffer.baseAddress) - 1))
        }
        return String(decoding: version, as: UTF8.self)
    }()
}

extension Pattern {
    /// Calls pcre2_compile(3).
    ///
    /// A `Result`, because `withUTF8` cannot carry a typed error.
    private static func compile(_ source: String, bits: UInt32) -> Result<OpaquePointer, PatternError> {
        var source = source
        // SAFETY: the bytes live for the closure, and PCRE2 keeps nothing of them in the code.
        return source.withUTF8 { bytes in
            var engineCode: Int32 = 0
            var offset = 0
            let code = unsafe pcre2_compile_8(bytes.baseAddress, bytes.count, bits, &engineCode, &offset, nil)
            guard let code = unsafe code else {
                return unsafe .failure(PatternError(compiling: engineCode, offset: offset))
            }
            return unsafe .success(code)
        }
    }

    /// Bytes of machine code; 0 where there is none.
    ///
    /// pcre2_pattern_info(3), `PCRE2_INFO_JITSIZE`.
    private static func jitSize(of code: OpaquePointer) -> Int {
        // SAFETY: PCRE2_INFO_JITSIZE stores a `size_t`, and a `PCRE2_SIZE` is imported as `Int`.
        var size = 0
        let result = unsafe pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_JITSIZE), &size)
        return result == 0 ? size : 0
    }

    /// The names of all groups by number.
    ///
    /// pcre2api(3) "Information about a compiled pattern", `PCRE2_INFO_NAMETABLE`: entries of equal size, each a group
    /// number in two bytes, high byte first, and a name that ends with a zero.
    private static func groupNames(of code: OpaquePointer) -> [String] {
        // SAFETY: the first three of these store a `uint32_t`, the last a pointer; all live as long as the code.
        var groupCount: UInt32 = 0
        var nameCount: UInt32 = 0
        var entrySize: UInt32 = 0
        var table: UnsafePointer<UInt8>?
        unsafe pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_CAPTURECOUNT), &groupCount)
        unsafe pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMECOUNT), &nameCount)
        unsafe pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMEENTRYSIZE), &entrySize)
        unsafe pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMETABLE), &table)
        var names = [String](repeating: "", count: Int(groupCount))
        guard let table = unsafe table, entrySize > 2 else { return names }
        // SAFETY: PCRE2 answers with `nameCount` entries of `entrySize` bytes that live as long as the code.
        let bytes = unsafe UnsafeBufferPointer(start: table, count: Int(nameCount) * Int(entrySize))
        for start in stride(from: 0, to: bytes.count, by: Int(entrySize)) {
            let number = unsafe Int(bytes[start]) << 8 | Int(bytes[start + 1])
            let name = unsafe bytes[(start + 2)..<(start + Int(entrySize))].prefix { $0 != 0 }
            if (1...names.count).contains(number) { unsafe names[number - 1] = String(decoding: name, as: UTF8.self) }
        }
        return names
    }
}
