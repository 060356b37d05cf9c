import Intents

/// One record of each known format, all with the same question and answer.
enum DatasetSamples {
    static let records: [String: String] = [
        "sagemaker_eval": #"{"query":"Why?","response":"Because."}"#,
        "gpt_oss_sft":
            #"{"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Why?"},{"role":"assistant","content":"Because."}]}"#,
        "open_weights_sft": #"{"prompt":"Why?","completion":"Because."}"#,
        "open_weights_sft_conv":
            #"{"prompt":[{"role":"user","content":"Why?"}],"completion":[{"role":"assistant","content":"Because."}]}"#,
        "open_weights_dpo": #"{"prompt":"Why?","chosen":"Because.","rejected":"No."}"#,
        "gpt_oss_dpo":
            #"{"prompt":[{"role":"user","content":"Why?"}],"chosen":[{"role":"assistant","content":"Because."}],"rejected":[{"role":"assistant","content":"No."}]}"#,
        "verl":
            #"{"data_source":"d","prompt":[{"content":"Why?","role":"user"}],"ability":"math","reward_model":{"ground_truth":"Because.","style":"rule"}}"#,
        "verl_legacy": #"{"data_source":"d","prompt":"Why?","extra_info":{"answer":"Because."}}"#,
        "nova_sft":
            #"{"schemaVersion":"bedrock-conversation-2024","system":[{"text":"Be brief."}],"messages":[{"role":"user","content":[{"text":"Why?"}]},{"role":"assistant","content":[{"text":"Because."}]}]}"#,
        "nova_dpo":
            #"{"messages":[{"role":"user","content":[{"text":"Why?"}]},{"role":"assistant","candidates":[{"content":[{"text":"No."}],"preferenceLabel":"non-preferred"},{"content":[{"text":"Because."}],"preferenceLabel":"preferred"}]}]}"#,
        "nova_rlvr":
            #"{"messages":[{"role":"user","content":"Why?"}],"reference_answer":{"why":"Because."}}"#,
        "bedrock_eval": #"{"prompt":"Why?","referenceResponse":"Because.","category":"c"}"#,
        "renamed_columns": #"{"id":7,"Question":"Why?","Answer":"Because."}"#,
    ]

    /// A record by its format's label.
    static func record(_ label: String) -> String {
        records[label] ?? ""
    }
}
