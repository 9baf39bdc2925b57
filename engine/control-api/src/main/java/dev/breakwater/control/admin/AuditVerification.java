package dev.breakwater.control.admin;

import dev.breakwater.control.Field;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether the audit log is whole.
///
/// @param records how many there are
/// @param lastNumber number of the newest; keep it with its hash, apart from the server, to prove later that nothing
///     was cut off
/// @param lastHash chained over all records up to the newest, hex
/// @param witness what the vault remembers of the log; absent if it remembers nothing yet
/// @param findings what is wrong, each with the number of the record; empty if the log is whole
public record AuditVerification(
        long records,
        long lastNumber,
        String lastHash,
        @Nullable Witness witness,
        List<String> findings) {

    public AuditVerification {
        findings = Field.list(findings, "findings", 1001);
    }

    /// The log as it was at some time.
    ///
    /// @param number of its newest record then
    /// @param hash of that record, hex
    /// @param time when that was
    public record Witness(long number, String hash, Instant time) {

        public Witness {
            Field.text(hash, "hash", 64);
            Field.required(time, "time");
        }
    }
}
