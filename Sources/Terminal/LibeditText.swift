/// Text as libedit takes and gives it: 32-bit scalars that end in 0.
enum LibeditText {
    /// The scalars of a text and a 0; the caller deallocates them.
    ///
    /// NUL cannot be in it and is left out.
    static func scalars(_ text: String) -> UnsafeMutablePointer<UInt32> {
        let values = text.unicodeScalars.map(\.value).filter { $0 != 0 } + [0]
        let pointer = UnsafeMutablePointer<UInt32>.allocate(capacity: values.count)
        pointer.initialize(from: values, count: values.count)
        return pointer
    }

    /// So many scalars as UTF-8; what is no scalar becomes U+FFFD.
    static func utf8(_ scalars: UnsafePointer<UInt32>?, count: Int) -> [UInt8] {
        var text = ""
        for value in UnsafeBufferPointer(start: scalars, count: count) {
            text.unicodeScalars.append(Unicode.Scalar(value) ?? "\u{FFFD}")
        }
        return Array(text.utf8)
    }

    /// A prompt whose escape sequences stand between two U+0001, so that libedit does not count their columns.
    static func prompt(_ line: String) -> String {
        var marked = ""
        for piece in ANSIText.pieces(of: line) {
            switch piece {
            case .cluster(let cluster): marked.append(cluster)
            case .escape(let sequence): marked += "\u{1}\(sequence)\u{1}"
            }
        }
        // libedit loses an escape sequence that nothing follows.
        return marked.hasSuffix("\u{1}") ? marked + " " : marked
    }
}
