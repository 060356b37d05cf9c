/// The actions about the user's role, for the registry.
public enum RoleActions {
    /// All of them.
    public static let all: [any Action] = [DiagnoseRole()]
}
