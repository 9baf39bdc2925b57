package dev.breakwater.vault.key;

import java.io.IOException;

/// Something was written with a newer key than those at hand. It must not be taken for damage: what was written since
/// the rotation would be given up.
public final class OutdatedKeysException extends IOException {

    private static final long serialVersionUID = 1L;

    /// Somebody rotated the keys after these were fetched.
    ///
    /// @param epoch the newest that is known here
    public OutdatedKeysException(int epoch) {
        super("The vault's keys were rotated after this program got them (it has those up to epoch " + epoch
                + "), and there is something that these do not open. Nothing was changed. Start the engine"
                + " once with --recovery-key-file and the new recovery key; process servers then get the new keys.");
    }
}
