/// Where a dataset is or shall be: an object in S3, or a file.
enum DatasetLocation: Sendable, Hashable {
    /// Both parts are not empty.
    case object(bucket: String, key: String)
    /// A path as the user gave it.
    case file(String)

    /// Reads what the user gave: an S3 URI, or a path.
    ///
    /// - Throws: ``AWSFailure`` with `notFound` for an S3 URI that names no object: a bucket or a folder.
    init(_ text: String) throws(AWSFailure) {
        guard text.lowercased().hasPrefix("s3://") else {
            self = .file(text)
            return
        }
        let rest = text.dropFirst("s3://".count)
        let bucket = rest.prefix { $0 != "/" }
        let key = rest.dropFirst(bucket.count + 1)
        guard !bucket.isEmpty, !key.isEmpty, !key.hasSuffix("/") else {
            throw AWSFailure(.notFound, detail: "“\(text)” names no object but a bucket or folder; give one file in it")
        }
        self = .object(bucket: String(bucket), key: String(key))
    }

    /// The text that names it.
    var text: String {
        switch self {
        case .object(let bucket, let key): "s3://\(bucket)/\(key)"
        case .file(let path): path
        }
    }

    /// A place beside it for its transformed records: `{original_name}_sagemaker_eval.jsonl`.
    ///
    /// Files outside the workspace get a place at its root: actions write nowhere else.
    var transformed: String {
        switch self {
        case .object(let bucket, let key): "s3://\(bucket)/\(Self.renamed(key))"
        case .file(let path):
            if let inside = try? WorkspacePath(path), !path.hasPrefix("~") {
                Self.renamed(inside.parts.joined(separator: "/"))
            } else {
                Self.renamed(path.split(separator: "/").last.map(String.init) ?? "dataset")
            }
        }
    }

    private static func renamed(_ path: String) -> String {
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
        var name = path.dropFirst(folder.count)
        if let dot = name.lastIndex(of: "."), dot > name.startIndex { name = name[..<dot] }
        return "\(folder)\(name)_sagemaker_eval.jsonl"
    }
}
