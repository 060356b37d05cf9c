/// The web chat: a page that talks to `/v1/sessions` like any other client.
struct PageRoutes: Sendable {
    func add(to table: inout RouteTable) {
        for asset in PageAsset.all { table.page(asset.path) { request, _ in asset.response(to: request) } }
    }
}
