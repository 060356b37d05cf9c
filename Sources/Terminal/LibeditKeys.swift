import CLibedit

/// The keys of the line editor.
///
/// - Note: Source: editrc(5) for the names of commands; xterm control sequences, "PC-Style Function Keys".
enum LibeditKeys {
    /// Binds them all; the commands of ours must have been added before.
    static func bind(in editor: OpaquePointer) {
        for (keys, command) in bindings {
            let keys = LibeditText.scalars(keys)
            let command = LibeditText.scalars(command)
            _ = usher_el_bind(editor, keys, command)
            keys.deallocate()
            command.deallocate()
        }
    }

    /// Keys beside those that libedit's emacs mode has: history search, what terminals send for named keys, our own.
    private static let bindings: [(String, String)] = [
        ("^R", "em-inc-search-prev"), ("^W", "ed-delete-prev-word"), ("^I", "usher-complete"),
        ("\\e[A", "ed-prev-history"), ("\\e[B", "ed-next-history"), ("\\eOA", "ed-prev-history"),
        ("\\eOB", "ed-next-history"), ("\\e[H", "ed-move-to-beg"), ("\\eOH", "ed-move-to-beg"),
        ("\\e[1~", "ed-move-to-beg"), ("\\e[F", "ed-move-to-end"), ("\\eOF", "ed-move-to-end"),
        ("\\e[4~", "ed-move-to-end"), ("\\e[3~", "ed-delete-next-char"), ("\\e[1;5C", "em-next-word"),
        ("\\e[1;5D", "ed-prev-word"), ("\\e[1;3C", "em-next-word"), ("\\e[1;3D", "ed-prev-word"),
        ("\\e[2~", "ed-ignore"), ("\\e[5~", "ed-ignore"), ("\\e[6~", "ed-ignore"), ("\\e[200~", "usher-paste"),
    ]
}
