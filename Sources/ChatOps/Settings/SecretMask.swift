/// Hides passwords in values that are shown.
enum SecretMask {
    /// A value with the passwords of URLs (`scheme://user:PASSWORD@host`) and of connection texts (`password=…`) hidden.
    static func masked(_ value: String) -> String {
        var text = value.replacing(/(:\/\/[^\/?#@:]*):[^\/?#]*@/) { "\($0.output.1):***@" }
        text = text.replacing(/((?i:password|secret|token)=)(?:'(?:[^'\\]|\\.)*'|[^\s&;]*)/) { "\($0.output.1)***" }
        return text
    }
}
