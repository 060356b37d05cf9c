import Testing

@testable import ChatOps

@Suite("Secrets are masked where values are shown")
struct SecretMaskTests {
    @Test(
        "Passwords go, the rest stays",
        arguments: [
            ("postgresql://bot:s3cret@db:5432/usher", "postgresql://bot:***@db:5432/usher"),
            ("postgresql://bot:p@ss:w@db/usher", "postgresql://bot:***@db/usher"),
            ("host=db password=secret user=bot", "host=db password=*** user=bot"),
            ("host=db Password='a \\' secret' user=bot", "host=db Password=*** user=bot"),
            (
                "postgresql://db/usher?password=secret&sslmode=require",
                "postgresql://db/usher?password=***&sslmode=require"
            ),
            ("sqlite:/var/lib/usher.sqlite", "sqlite:/var/lib/usher.sqlite"),
        ]
    )
    func masked(value: String, shown: String) {
        let masked = SecretMask.masked(value)
        #expect(masked == shown)
        #expect(!masked.contains("secret") && !masked.contains("s3cret") && !masked.contains("p@ss"))
    }
}
