/// The shapes of records that are told apart, named as SageMaker's own detector names them where it knows them.
///
/// - Note: Source: Amazon SageMaker AI, "Supported dataset formats for bring-your-own-dataset evaluation"; the labels of
///   the format detector of awslabs/agent-plugins.
enum DatasetFormat: String, Sendable, Hashable, CaseIterable {
    case sagemakerEvaluation = "sagemaker_eval"
    case messages = "gpt_oss_sft"
    case completion = "open_weights_sft"
    case completionConversation = "open_weights_sft_conv"
    case preference = "open_weights_dpo"
    case preferenceConversation = "gpt_oss_dpo"
    case verl = "verl"
    case verlLegacy = "verl_legacy"
    case novaTuning = "nova_sft"
    case novaPreference = "nova_dpo"
    case novaReinforcement = "nova_rlvr"
    /// What Amazon Bedrock's own evaluation jobs read; SageMaker's do not.
    case bedrockEvaluation = "bedrock_eval"
    /// Flat records with a field that by its name holds the prompt.
    case renamedColumns = "renamed_columns"

    /// What a format is good for.
    enum Use: Sendable {
        /// Evaluation takes it.
        case evaluation
        /// It can be made into one that evaluation takes.
        case transformation
        /// It is for training.
        case training
    }

    /// What the format is good for.
    var use: Use {
        switch self {
        case .sagemakerEvaluation, .messages, .completion, .completionConversation, .preference,
            .preferenceConversation, .verl, .verlLegacy:
            .evaluation
        case .bedrockEvaluation, .renamedColumns: .transformation
        case .novaTuning, .novaPreference, .novaReinforcement: .training
        }
    }

    /// What its records are called in a sentence.
    var recordsName: String {
        self == .renamedColumns ? "JSON records with other field names" : "\(name) records"
    }

    /// The name for people.
    var name: String {
        switch self {
        case .sagemakerEvaluation: "SageMaker evaluation"
        case .messages: "OpenAI messages"
        case .completion: "Hugging Face prompt-completion"
        case .completionConversation: "Hugging Face prompt-completion (conversational)"
        case .preference: "Hugging Face preference"
        case .preferenceConversation: "Hugging Face preference (conversational)"
        case .verl: "Verl"
        case .verlLegacy: "Verl (legacy)"
        case .novaTuning: "Amazon Nova supervised fine-tuning"
        case .novaPreference: "Amazon Nova preference optimization"
        case .novaReinforcement: "Amazon Nova reinforcement fine-tuning"
        case .bedrockEvaluation: "Amazon Bedrock evaluation"
        case .renamedColumns: "other field names"
        }
    }
}
