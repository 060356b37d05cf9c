/// The cells of the notebook that runs an evaluation through the SageMaker Python SDK, version 3.
///
/// - Note: Sources: sagemaker-train 1.7.0 and 1.27.0 (`LLMAsJudgeEvaluator`, `EvaluationPipelineExecution`): the region is
///   read at import; `evaluate_base_model` is false unless given; `builtin_metrics` must be a list and `custom_metrics`
///   JSON text; the SDK's own `wait` does not end on a stopped execution and raises at its time limit.
struct EvaluationCells: Sendable {
    /// A code cell with the heading above it.
    struct Part: Sendable, Hashable {
        /// The heading, by which the instructions name the cell.
        var title: String
        /// How long it runs, in minutes, as experience has it.
        var minutes: String
        /// What the reader should know before running it; Markdown.
        var note: String
        /// Python, and IPython's `%pip`.
        var code: String
    }

    private let plan: EvaluationPlan
    /// The custom metrics' file as seen from the notebook's folder.
    private let customMetrics: String?

    /// Takes the plan for a notebook in a folder of the workspace.
    init(_ plan: EvaluationPlan, folder: String) {
        self.plan = plan
        customMetrics = plan.customMetrics.map { Self.relative($0, to: folder) }
    }

    /// All cells in order: the overview, then a heading and a code cell for each part.
    var cells: [NotebookCell] {
        [NotebookCell(kind: .markdown, source: overview)]
            + parts.flatMap { part in
                [
                    NotebookCell(kind: .markdown, source: "## \(part.title)\n\n\(part.note)"),
                    NotebookCell(kind: .code, source: part.code),
                ]
            }
    }

    /// The code cells with their headings, in the order they run.
    var parts: [Part] {
        [configure, start, wait, show]
    }

    private var configure: Part {
        var lines = [
            #"%pip install -q "sagemaker>=3.7.0,<4""#,
            "",
            "import os",
            "",
            "# The SDK reads the region when it is imported, so it is set before.",
            "REGION = \(literal(plan.region))",
            #"os.environ["AWS_REGION"] = REGION"#,
            #"os.environ["AWS_DEFAULT_REGION"] = REGION"#,
            "",
            "import json",
            "import logging",
            "import time",
            "from pathlib import Path",
            "",
            "from sagemaker.train.evaluate import LLMAsJudgeEvaluator",
            "",
            #"for logger_name in ("sagemaker", "botocore"):"#,
            "    logging.getLogger(logger_name).setLevel(logging.WARNING)",
            "",
            "MODEL = \(literal(plan.modelPackage))",
            "DATASET = \(literal(plan.dataset))",
            "EVALUATOR_MODEL = \(literal(plan.judge))",
            "S3_OUTPUT = \(literal(plan.output))",
            "EVALUATE_BASE = \(PythonLiteral.bool(true).source)",
            "BUILTIN_METRICS = \(builtinMetrics.source)",
        ]
        if let customMetrics {
            lines += [
                "",
                "# Read from the file, so that the metrics can be changed without touching this notebook.",
                "custom_metrics_file = Path(\(literal(customMetrics)))",
                "if not custom_metrics_file.is_file():",
                "    raise FileNotFoundError(",
                #"        f"There is no {custom_metrics_file} in {Path.cwd()}. Start Jupyter in this notebook's folder.""#,
                "    )",
                #"CUSTOM_METRICS = json.dumps(json.loads(custom_metrics_file.read_text(encoding="utf-8")))"#,
            ]
        } else {
            lines.append("CUSTOM_METRICS = None")
        }
        return Part(
            title: "Install and configure",
            minutes: "1–3",
            note: "Installs the SDK and sets what is evaluated. If an older SDK was loaded, restart the kernel first.",
            code: lines.joined(separator: "\n")
        )
    }

    private var start: Part {
        Part(
            title: "Start the evaluation",
            minutes: "1–2",
            note: "Starts one job and returns at once. It costs money. "
                + "The job accepts the base model's license terms on your behalf.",
            code: """
                options = {
                    "model": MODEL,
                    "evaluator_model": EVALUATOR_MODEL,
                    "dataset": DATASET,
                    "s3_output_path": S3_OUTPUT,
                    "evaluate_base_model": EVALUATE_BASE,
                    "region": REGION,
                }
                if BUILTIN_METRICS:
                    options["builtin_metrics"] = BUILTIN_METRICS
                if CUSTOM_METRICS:
                    options["custom_metrics"] = CUSTOM_METRICS

                evaluator = LLMAsJudgeEvaluator(**options)
                for name, value in options.items():
                    print(f"{name}: {value}")

                execution = evaluator.evaluate()
                print("Name:", execution.name)
                print("ARN:", execution.arn)
                print("Status:", execution.status.overall_status)
                """
        )
    }

    private var wait: Part {
        Part(
            title: "Wait for the evaluation",
            minutes: "25–120",
            note: "Looks once a minute until the job has ended. “Executing” for a long time is normal: "
                + "both models answer every prompt before the judge begins.",
            code: """
                POLL_SECONDS = 60
                WAIT_MINUTES = 180

                deadline = time.monotonic() + WAIT_MINUTES * 60
                while True:
                    execution.refresh()
                    status = execution.status.overall_status
                    print(time.strftime("%H:%M"), status, flush=True)
                    if status in ("Succeeded", "Failed", "Stopped") or time.monotonic() >= deadline:
                        break
                    time.sleep(POLL_SECONDS)

                if status in ("Failed", "Stopped"):
                    print("Reason:", execution.status.failure_reason or "none given")
                    for step in execution.status.step_details or []:
                        if step.failure_reason:
                            print(f"- {step.name}: {step.failure_reason}")
                elif status != "Succeeded":
                    print(f"Still running after {WAIT_MINUTES} minutes. The job goes on without this notebook.")
                    print("To go on waiting, run this cell again.")
                """
        )
    }

    private var show: Part {
        Part(
            title: "Show the results",
            minutes: "1",
            note: "Compares the fine-tuned model with its base model.",
            code: """
                execution.refresh()
                if execution.status.overall_status == "Succeeded":
                    execution.show_results()
                else:
                    print("No results: the evaluation is", execution.status.overall_status)
                """
        )
    }

    private var overview: String {
        var lines = ["# Evaluate a fine-tuned model with an LLM as the judge", ""]
        lines.append("- Task: \(MarkdownText.prose(plan.task))")
        lines.append("- Fine-tuned model: \(MarkdownText.code(plan.modelPackage))")
        let base = plan.baseModel.map { " (\(MarkdownText.code($0)))" } ?? ""
        lines.append("- Compared with: its base model\(base)")
        lines.append("- Dataset: \(MarkdownText.code(plan.dataset))")
        let name = plan.judgeName.map { "\(MarkdownText.prose($0)), " } ?? ""
        lines.append("- Judge: \(name)\(MarkdownText.code(plan.judge))")
        let builtins = plan.builtinMetrics.map { MarkdownText.code(String($0.dropFirst(8))) }.joined(separator: ", ")
        lines.append("- Built-in metrics: \(builtins.isEmpty ? "none" : builtins)")
        lines.append("- Custom metrics: \(customMetrics.map(MarkdownText.code) ?? "none")")
        lines.append("- Region: \(MarkdownText.code(plan.region))")
        lines.append("- Results: \(MarkdownText.code(plan.output))")
        if !plan.unverified.isEmpty {
            lines += ["", "## Not verified", ""]
            lines += plan.unverified.map { "- \(MarkdownText.prose($0))" }
        }
        return lines.joined(separator: "\n")
    }

    private var builtinMetrics: PythonLiteral {
        plan.builtinMetrics.isEmpty ? .none : .list(plan.builtinMetrics.map(PythonLiteral.text))
    }

    private func literal(_ text: String) -> String {
        PythonLiteral.text(text).source
    }

    /// A path of the workspace as seen from one of its folders.
    private static func relative(_ path: String, to folder: String) -> String {
        let target = WorkspacePath.split(path)
        let base = WorkspacePath.split(folder)
        let common = zip(target.dropLast(), base).prefix { $0 == $1 }.count
        return (base.dropFirst(common).map { _ in ".." } + target.dropFirst(common)).joined(separator: "/")
    }
}
