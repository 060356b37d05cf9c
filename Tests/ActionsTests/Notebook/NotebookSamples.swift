import Intents

/// Values for notebooks in tests.
enum NotebookSamples {
    static let input: [String: Value] = [
        "project": "support",
        "mode": "create",
        "task": "Answer questions about orders",
        "dataset": "s3://my-bucket/eval/data.jsonl",
        "model_package_arn": "arn:aws:sagemaker:us-west-2:012345678901:model-package/support/3",
        "judge": "anthropic.claude-3-5-haiku-20241022-v1:0",
        "judge_name": "Anthropic Claude 3.5 Haiku",
        "region": "us-west-2",
        "s3_output": "s3://my-bucket/results/",
        "builtin_metrics": ["Correctness", "builtin.Completeness"],
    ]

    /// Texts that break out of literals, lines, cells or JSON when something pastes instead of encoding.
    static let hostile = [
        #""; import os; os.system("echo broken") #"#, #"'"\"#, #"\"#, #"\\""#, "line\nbreak\r\n%pip install x\n!ls",
        "\"\"\"'''", #"\N{BULLET}\u0041\x41\101"#, "{REGION} %s {{x}}", "tab\tnul\0bell\u{7}escape\u{1B}[31m",
        "é 漢字 😀 e\u{301}", "\u{2028}\u{2029}\u{85}\u{B}\u{C}", "\u{202E}gnp.exe\u{2066}\u{200B}\u{FEFF}",
        "\u{A0}\u{AD}", "👨\u{200D}👩\u{200D}👧 🏳\u{FE0F}\u{200D}🌈 😀\u{200D}\u{200D}a\u{200D}b \u{200D}",
        "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F} \u{E0001}\u{E0061}",
        "</script><b>&amp;", "`code` ``` $x^2$ \\(y\\) [a](b) ![](c) | # - * _", "\u{10FFFF}\u{E000}\u{FFFE}", "?",
        "x?", "%%bash", "!",
        "{}\"]}", String(repeating: "long ", count: 2000),
    ]
}
