internal import HTTPTypes

extension HTTPFields {
    /// The value of a field; where there are several of the name, all of them with commas between them, as the subscript
    /// gives them.
    ///
    /// The subscript makes a new text even of one value.
    func value(of name: HTTPField.Name) -> String? {
        var value: String?
        for field in self where field.name == name {
            guard value == nil else { return self[name] }
            value = field.value
        }
        return value
    }
}
