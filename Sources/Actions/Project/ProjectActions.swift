/// The actions about the project's folder and its state.
public enum ProjectActions {
    /// Each of them once.
    public static let all: [any Action] = [FindProjects(), PrepareProject(), ReadPriorContext(), SaveWorkflowState()]
}
