internal import Sessions

/// Where a session's messages go, and which message began it: what its record keeps as its address.
struct ChannelAddress: Codable, Hashable {
    var place: String
    var user: String
    /// The key of the delivery that began the session.
    var began: String

    init(place: String, user: String, began: String) {
        self.place = place
        self.user = user
        self.began = began
    }

    init?(text: String) {
        guard let address = try? StoredJSON.value(ChannelAddress.self, from: text) else { return nil }
        self = address
    }

    /// Three texts, which always encode.
    var text: String { (try? StoredJSON.text(self)) ?? "" }
}
