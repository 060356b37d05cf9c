/// The actions that look at datasets and transform them.
public enum DatasetActions {
    /// Each of them once.
    public static let all: [any Action] = [
        SampleDataset(), ValidateDataset(), PreviewTransformation(), TransformDataset(),
    ]
}
