/// The actions that find and write notebooks.
public enum NotebookActions {
    /// Each of them once.
    public static let all: [any Action] = [FindNotebooks(), WriteNotebook()]
}
