import Testing

@testable import Actions

/// A row: exit code, error text as the command writes it, and what it means.
struct FailureRow: CustomTestStringConvertible {
    var exitCode: Int32
    var errors: String
    var kind: AWSFailure.Kind
    var code: String?
    var detail: String?

    init(_ exitCode: Int32, _ errors: String, _ kind: AWSFailure.Kind, _ code: String? = nil, detail: String? = nil) {
        self.exitCode = exitCode
        self.errors = errors
        self.kind = kind
        self.code = code
        self.detail = detail
    }

    /// A service's refusal as version 1 and 2 write it.
    static func refused(
        _ code: String,
        _ operation: String,
        _ message: String,
        _ kind: AWSFailure.Kind
    ) -> FailureRow {
        FailureRow(
            255,
            "\nAn error occurred (\(code)) when calling the \(operation) operation: \(message)\n",
            kind,
            code,
            detail: message
        )
    }

    var testDescription: String { "\(exitCode): \(errors.split(whereSeparator: \.isNewline).first ?? "")" }
}

@Suite("Failures of the aws command")
struct CLIFailureTests {
    static let refusals: [FailureRow] = [
        .refused(
            "ValidationException",
            "DescribeModelPackage",
            "ModelPackage arn:aws:sagemaker:us-west-2:111122223333:model-package/support-bot/9 does not exist.",
            .notFound
        ),
        .refused(
            "ValidationException",
            "ListModelPackages",
            "ModelPackageGroup support-bot does not exist.",
            .notFound
        ),
        .refused("ValidationException", "DescribeModel", "Could not find model \"arn\".", .notFound),
        .refused("ValidationError", "GetRole", "The role cannot be found: no such role", .notFound),
        .refused(
            "ResourceNotFoundException",
            "GetFoundationModel",
            "Could not resolve the foundation model.",
            .notFound
        ),
        .refused("ResourceNotFound", "DescribePipeline", "Pipeline 'p' does not exist.", .notFound),
        .refused("NoSuchKey", "GetObject", "The specified key does not exist.", .notFound),
        .refused("NoSuchBucket", "ListObjectsV2", "The specified bucket does not exist", .notFound),
        .refused("NoSuchEntity", "GetRole", "The role with name x cannot be found.", .notFound),
        .refused("404", "HeadObject", "Not Found", .notFound),
        .refused("403", "HeadObject", "Forbidden", .denied),
        .refused("400", "HeadObject", "Bad Request", .other),
        .refused("301", "HeadBucket", "Moved Permanently", .other),
        .refused("AccessDenied", "GetObject", "Access Denied", .denied),
        .refused(
            "AccessDeniedException",
            "ListModelPackages",
            """
            User: arn:aws:sts::111122223333:assumed-role/Dev/me is not authorized to perform: sagemaker:ListModelPackages \
            on resource: arn:aws:sagemaker:us-west-2:111122223333:model-package-group/support-bot because no \
            identity-based policy allows the sagemaker:ListModelPackages action
            """,
            .denied
        ),
        .refused("ForbiddenException", "GetRoleCredentials", "No access", .denied),
        .refused(
            "UnauthorizedOperation",
            "DescribeRegions",
            "You are not authorized to perform this operation.",
            .denied
        ),
        .refused("OptInRequired", "ListModels", "The AWS Access Key Id needs a subscription for the service", .denied),
        .refused("ExpiredToken", "GetObject", "The provided token has expired.", .expiredCredentials),
        .refused(
            "ExpiredTokenException",
            "GetCallerIdentity",
            "The security token included in the request is expired",
            .expiredCredentials
        ),
        .refused(
            "UnrecognizedClientException",
            "ListFoundationModels",
            "The security token included in the request is expired",
            .expiredCredentials
        ),
        .refused(
            "UnrecognizedClientException",
            "ListFoundationModels",
            "The security token included in the request is invalid.",
            .noCredentials
        ),
        .refused(
            "UnauthorizedException",
            "GetRoleCredentials",
            "Session token not found or invalid",
            .expiredCredentials
        ),
        .refused("InvalidGrantException", "CreateToken", "None", .expiredCredentials),
        .refused(
            "InvalidClientTokenId",
            "GetCallerIdentity",
            "The security token included in the request is invalid.",
            .noCredentials
        ),
        .refused(
            "InvalidAccessKeyId",
            "GetObject",
            "The AWS Access Key Id you provided does not exist in our records.",
            .noCredentials
        ),
        .refused(
            "InvalidSignatureException",
            "ListModelPackages",
            "Signature expired: 20261002T101010Z is now earlier than 20261002T111010Z (20261002T111510Z - 5 min.)",
            .other
        ),
        .refused(
            "RequestTimeTooSkewed",
            "GetObject",
            "The difference between the request time and the current time is too large.",
            .other
        ),
        .refused("MissingAuthenticationTokenException", "ListModels", "Missing Authentication Token", .noCredentials),
        .refused("ThrottlingException", "GetFoundationModel", "Rate exceeded", .throttled),
        .refused("Throttling", "GetRole", "Rate exceeded", .throttled),
        .refused("TooManyRequestsException", "GetFoundationModel", "Too many requests", .throttled),
        .refused("RequestLimitExceeded", "DescribeRegions", "Request limit exceeded.", .throttled),
        .refused("SlowDown", "GetObject", "Please reduce your request rate.", .throttled),
        .refused("ServiceUnavailable", "GetObject", "Please try again.", .unreachable),
        .refused("InternalFailure", "ListModels", "The request processing has failed.", .other),
        .refused("InvalidRange", "GetObject", "The requested range is not satisfiable", .other),
        .refused(
            "ValidationException",
            "GetFoundationModel",
            "The provided model identifier is invalid.",
            .other
        ),
        .refused(
            "ValidationException",
            "ListModelPackages",
            """
            1 validation error detected: Value 'a_b' at 'modelPackageGroupName' failed to satisfy constraint: Member must \
            satisfy regular expression pattern
            """,
            .other
        ),
        .refused(
            "PermanentRedirect",
            "GetObject",
            "The bucket you are attempting to access must be addressed using the specified endpoint.",
            .other
        ),
    ]

    static let sentences: [FailureRow] = [
        FailureRow(
            255,
            """

            An error occurred (ThrottlingException) when calling the ListModelPackages operation (reached max retries: 2): \
            Rate exceeded

            """,
            .throttled,
            "ThrottlingException",
            detail: "Rate exceeded"
        ),
        FailureRow(
            254,
            """

            aws: [ERROR]: An error occurred (NoSuchBucket) when calling the GetObject operation: The specified bucket does \
            not exist

            Additional error details:
            BucketName: training

            """,
            .notFound,
            "NoSuchBucket",
            detail: "The specified bucket does not exist"
        ),
        FailureRow(
            255,
            "Unable to locate credentials. You can configure credentials by running \"aws configure\".\n",
            .noCredentials
        ),
        FailureRow(
            253,
            """

            aws: [ERROR]: An error occurred (NoCredentials): Unable to locate credentials. You can configure credentials by \
            running "aws login".

            """,
            .noCredentials,
            "NoCredentials"
        ),
        FailureRow(
            255,
            "\nPartial credentials found in env, missing: AWS_SECRET_ACCESS_KEY\n",
            .noCredentials
        ),
        FailureRow(255, "\nThe config profile (work) could not be found\n", .noCredentials),
        FailureRow(
            253,
            "You must specify a region. You can also configure your region by running \"aws configure\".\n",
            .noRegion,
            detail: "You must specify a region. You can also configure your region by running \"aws configure\"."
        ),
        FailureRow(
            253,
            "aws: [ERROR]: An error occurred (NoRegion): You must specify a region.\n",
            .noRegion,
            "NoRegion",
            detail: "You must specify a region."
        ),
        FailureRow(
            255,
            "\nCould not connect to the endpoint URL: \"https://api.sagemaker.us-wset-2.amazonaws.com/\"\n",
            .unreachable,
            detail: "Could not connect to the endpoint URL: \"https://api.sagemaker.us-wset-2.amazonaws.com/\""
        ),
        FailureRow(255, "\nConnect timeout on endpoint URL: \"https://sts.amazonaws.com/\"\n", .unreachable),
        FailureRow(255, "\nRead timeout on endpoint URL: \"https://sts.amazonaws.com/\"\n", .unreachable),
        FailureRow(
            255,
            "\nConnection was closed before we received a valid response from endpoint URL: \"https://x/\".\n",
            .unreachable
        ),
        FailureRow(255, "\nFailed to connect to proxy URL: \"http://proxy:3128\"\n", .unreachable),
        FailureRow(
            255,
            "\nSSL validation failed for https://sts.amazonaws.com/ [SSL: CERTIFICATE_VERIFY_FAILED] certificate\n",
            .unreachable
        ),
        FailureRow(
            255,
            """
            The SSO session associated with this profile has expired or is otherwise invalid. To refresh this SSO session \
            run aws sso login with the corresponding profile.
            """,
            .expiredCredentials
        ),
        FailureRow(
            255,
            "\nError when retrieving token from sso: Token has expired and refresh failed\n",
            .expiredCredentials
        ),
        FailureRow(
            255,
            "aws: [ERROR]: Your session has expired. Please reauthenticate using 'aws login'.\n",
            .expiredCredentials,
            detail: "Your session has expired. Please reauthenticate using 'aws login'."
        ),
        FailureRow(
            255,
            "\nError when retrieving credentials from process: Refreshed credentials are still expired\n",
            .expiredCredentials
        ),
        FailureRow(
            255,
            "\nError loading SSO Token: Token for https://d-1.awsapps.com/start does not exist\n",
            .noCredentials
        ),
        FailureRow(255, "\nError when retrieving credentials from custom-process: exit status 3\n", .noCredentials),
        FailureRow(
            2,
            """
            usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
            To see help text, you can run:

              aws help

            aws: error: argument command: Invalid choice, valid choices are:

            accessanalyzer                           | account
            """,
            .cliMissing,
            detail: "argument command: Invalid choice, valid choices are: accessanalyzer | account"
        ),
        FailureRow(
            252,
            """

            usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]

            aws: [ERROR]: argument operation: Found invalid choice 'get-foundation-model-availability'

            """,
            .cliMissing
        ),
        FailureRow(
            252,
            "\naws: [ERROR]: An error occurred (ParamValidation): Unknown options: --cli-input-json\n",
            .cliMissing,
            "ParamValidation"
        ),
        FailureRow(
            255,
            """

            Parameter validation failed:
            Unknown parameter in input: "ModelPackageType", must be one of: CreationTimeAfter, CreationTimeBefore
            """,
            .cliMissing
        ),
        FailureRow(
            255,
            """

            Parameter validation failed:
            Invalid length for parameter ModelPackageGroupName, value: 0, valid min length: 1
            """,
            .other
        ),
        FailureRow(127, "pyenv: aws: command not found\n", .cliMissing),
        FailureRow(127, "", .cliMissing),
        FailureRow(126, "/usr/local/bin/aws: Permission denied\n", .cliMissing),
        FailureRow(
            1,
            "Traceback (most recent call last):\n  File \"/usr/bin/aws\"\nModuleNotFoundError: No module named 'awscli'\n",
            .cliMissing
        ),
        FailureRow(255, "\nUnable to parse config file: /home/me/.aws/config\n", .other),
        FailureRow(130, "", .other, detail: "the aws command ended with code 130"),
        FailureRow(137, "", .other, detail: "the aws command ended with code 137"),
        FailureRow(255, "\nan odd text\n", .other, detail: "an odd text"),
        FailureRow(
            255,
            """
            /usr/lib/python3/urllib3/__init__.py:35: NotOpenSSLWarning: urllib3 v2 only supports OpenSSL 1.1.1+
              warnings.warn(

            Could not connect to the endpoint URL: "https://sts.eu-west-1.amazonaws.com/"
            """,
            .unreachable,
            detail: "Could not connect to the endpoint URL: \"https://sts.eu-west-1.amazonaws.com/\""
        ),
    ]

    @Test("each text has its class", arguments: refusals + sentences)
    func classifies(row: FailureRow) {
        let failure = CLIFailure.classify(row.exitCode, row.errors)
        #expect(failure.kind == row.kind)
        #expect(failure.code == row.code)
        if let detail = row.detail { #expect(failure.detail == detail) }
    }

    @Test("the exit code of version 2 changes nothing", arguments: refusals)
    func classifiesSameInVersion2(row: FailureRow) {
        let failure = CLIFailure.classify(254, "\naws: [ERROR]: " + row.errors.dropFirst())
        #expect(failure == CLIFailure.classify(255, row.errors))
    }

    @Test(
        "secrets do not come through",
        arguments: [
            "The access key AKIAIOSFODNN7EXAMPLE is bad",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY is bad",
            "The request signature we calculated does not match. The Canonical String for this request should have been 'POST x-amz-security-token:FwoGZXIvYXdzEBYaDH'",
            "denied. Encoded authorization failure message: 4GIOHlTkIaWHQD0Q0m6XSnuUMCm-abcDEF",
        ]
    )
    func hidesSecrets(message: String) {
        let errors =
            "An error occurred (SignatureDoesNotMatch) when calling the GetCallerIdentity operation: \(message)"
        let detail = CLIFailure.classify(255, errors).detail
        for secret in ["AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI", "FwoGZXIvYXdzEBYaDH", "4GIOHlTkIaWHQD0Q0m6XSnuUMCm"] {
            #expect(!detail.contains(secret))
        }
        #expect(!detail.isEmpty)
    }

    @Test("a detail is one line of bounded length")
    func boundsDetails() {
        let errors = "An error occurred (X) when calling the Y operation: " + String(repeating: "long \n", count: 1000)
        let detail = CLIFailure.classify(255, errors).detail
        #expect(detail.count == SecretText.limit + 1)
        #expect(!detail.contains("\n"))
    }

    @Test("names and places that look random stay readable")
    func keepsNames() {
        let message =
            "arn:aws:sagemaker:us-west-2:111122223333:model-package/support-bot/9 at s3://bucket/Run1/model.tar.gz"
        #expect(SecretText.cleaned(message) == message)
    }
}
