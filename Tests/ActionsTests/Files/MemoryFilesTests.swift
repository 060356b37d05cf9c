import Actions
import Testing

struct MemoryFilesTests {
    @Test(arguments: FileFailure.Kind.allCases)
    func `fails as it was told to, until told otherwise`(_ kind: FileFailure.Kind) throws {
        let files = MemoryFiles(files: ["a/b": "text"])
        files.fail("a/b", with: kind)
        expect(kind, "a/b") { try files.read($0, limit: 9) }
        expect(kind, "a/b") { try files.readUserFile($0, limit: 9) }
        expect(kind, "a/b") { try files.list($0) }
        expect(kind, "a/b") { try files.makeFolder($0) }
        expect(kind, "a/b") { try files.create($0, bytes: []) }
        expect(kind, "a/b") { try files.begin($0).commit() }
        expect(kind, "a/b") { try files.replace($0, expecting: nil, with: []) }
        files.fail("a/b", with: nil)
        #expect(try files.read("a/b", limit: 9) == Array("text".utf8))
    }

    @Test func `shows what it holds`() throws {
        let files = MemoryFiles(files: ["a/b/c": "text"])
        try files.create("x", bytes: [0xff])
        #expect(files.snapshot == ["a/b/c": "text", "x": "\u{FFFD}"])
        #expect(files.folders == ["a", "a/b"])
    }
}
