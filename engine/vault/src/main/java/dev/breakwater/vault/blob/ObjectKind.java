package dev.breakwater.vault.blob;

import java.util.Arrays;
import java.util.Optional;

/// What objects a vault consists of: all kinds, by what their names begin with.
public enum ObjectKind {
    /// Describes the vault and holds its wrapped key.
    DESCRIPTION("vault"),
    /// The wrapped keys of an epoch.
    ROTATION("rotations/"),
    /// The wrapped key of a machine or disk.
    KEY("keys/"),
    /// A version of a sealed document.
    DOCUMENT("catalog/"),
    /// Says in its name that a point is in use.
    PIN("pins/"),
    /// A slot of a machine's log.
    POINT("points/"),
    /// Frames of a machine.
    SEGMENT("segments/"),
    /// A merged index of a machine's log.
    CHECKPOINT("checkpoints/");

    private final String prefix;

    ObjectKind(String prefix) {
        this.prefix = prefix;
    }

    /// What the names of such objects begin with; of [#DESCRIPTION] the whole name.
    public String prefix() {
        return prefix;
    }

    /// The kind of an object; nothing if it is of no kind that this version knows.
    public static Optional<ObjectKind> of(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind == DESCRIPTION ? name.equals(kind.prefix) : name.startsWith(kind.prefix))
                .findFirst();
    }
}
