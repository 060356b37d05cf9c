#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The encoding that the C library, and with it libedit, takes the terminal to speak.
enum CharacterEncoding {
    /// Takes the user's locale, and a UTF-8 one where that is none: `LANG` is unset in many containers.
    ///
    /// It sets LC_CTYPE of the process, once.
    static func useUTF8() {
        _ = once
    }

    private static let once: Void = {
        for locale in ["", "C.UTF-8", "en_US.UTF-8", "UTF-8"] {
            guard setlocale(LC_CTYPE, locale) != nil, let name = nl_langinfo(nl_item(CODESET)) else { continue }
            if String(cString: name) == "UTF-8" { return }
        }
    }()
}
