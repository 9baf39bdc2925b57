package dev.breakwater.vault.check;

import java.util.Locale;

/// What can be wrong with a vault. The names are for programs and stay as they are.
public enum FindingCode {
    /// The object `vault` is not as it was written, though it still opens.
    DESCRIPTION_DAMAGED(Severity.WARNING),
    /// An object by which the keys were rotated is not as it was written, though the vault opened without it.
    ROTATION_DAMAGED(Severity.WARNING),
    /// An object by which the keys were rotated is gone, though the vault opened without it.
    ROTATION_MISSING(Severity.WARNING),
    /// A machine's key is missing or damaged: nothing of the machine can be read.
    MACHINE_KEY_UNREADABLE(Severity.CRITICAL),
    /// A disk's key is missing or damaged: nothing of the disk can be read.
    DISK_KEY_UNREADABLE(Severity.CRITICAL),
    /// A sealed document does not open: a name or a policy is lost, no data.
    DOCUMENT_DAMAGED(Severity.WARNING),
    /// A version of a document is missing that must be there: what is left may be the older one.
    DOCUMENT_MISSING(Severity.WARNING),
    /// A pin's content is not what its name says. The pin holds, as only its name counts.
    PIN_DAMAGED(Severity.WARNING),
    /// No checkpoint leads into the log.
    CHECKPOINT_DAMAGED(Severity.CRITICAL),
    /// The newest checkpoint is damaged, but the one before it and the slots after that say the same.
    CHECKPOINT_PASSED_OVER(Severity.WARNING),
    /// An object is damaged or missing that is kept in case the newest checkpoint is damaged.
    SPARE_DAMAGED(Severity.WARNING),
    /// Nothing is kept in case the newest checkpoint is damaged.
    SPARE_MISSING(Severity.INFO),
    /// Bytes of an object are not what was written, but nobody needs them.
    FRAMING_DAMAGED(Severity.WARNING),
    /// A slot is gone, though later ones are there.
    SLOT_MISSING(Severity.CRITICAL),
    /// A slot's object is cut, changed, or another one.
    SLOT_DAMAGED(Severity.CRITICAL),
    /// A slot is authentic, but the one that it follows is not there.
    CHAIN_BROKEN(Severity.CRITICAL),
    /// A slot was damaged or absent, and the machine went on without it after a resynchronisation.
    SLOT_GIVEN_UP(Severity.WARNING),
    /// A page of a disk's map is missing or damaged.
    PAGE_DAMAGED(Severity.CRITICAL),
    /// The same, but an older checkpoint and the slots after it say the same.
    PAGE_PASSED_OVER(Severity.WARNING),
    /// An object that holds data is gone.
    OBJECT_MISSING(Severity.CRITICAL),
    /// An object that holds data is shorter than it must be.
    OBJECT_CUT(Severity.CRITICAL),
    /// A frame of data does not open.
    FRAME_DAMAGED(Severity.CRITICAL),
    /// A frame opens, but a block in it has another digest than the map says.
    DIGEST_MISMATCH(Severity.CRITICAL),
    /// The vault is older than a witness knows it to have been.
    ROLLED_BACK(Severity.CRITICAL),
    /// A witness knows a machine of which the vault has nothing.
    MACHINE_MISSING(Severity.CRITICAL),
    /// A segment that nothing names: what an interrupted writer leaves. Maintenance collects it.
    ORPHAN_SEGMENT(Severity.INFO),
    /// An object whose name Breakwater does not give.
    STRANGE_OBJECT(Severity.WARNING);

    private final Severity severity;

    FindingCode(Severity severity) {
        this.severity = severity;
    }

    /// How bad it is.
    public Severity severity() {
        return severity;
    }

    /// The name as it is printed: `slot-missing`.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
