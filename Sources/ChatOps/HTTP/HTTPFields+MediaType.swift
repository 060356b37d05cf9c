internal import HTTPTypes
internal import Hummingbird

extension HTTPFields {
    /// Whether what comes with these fields is said to be of a type, whatever its parameters.
    func hasMediaType(_ type: MediaType) -> Bool {
        guard let said = value(of: .contentType) else { return false }
        // What nearly every client sends is not taken to pieces.
        return said == type.description || MediaType(from: said)?.isType(type) == true
    }
}
