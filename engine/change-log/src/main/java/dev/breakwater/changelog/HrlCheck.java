package dev.breakwater.changelog;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Proves a log from end to end: structure, checksums, digests, and that the header's figures are those of the file.
public final class HrlCheck {

    /// What was looked at.
    ///
    /// @param sound whether the log can be used as it is
    /// @param entries changes seen
    /// @param dataBytes bytes of data proved
    public record Result(boolean sound, long entries, long dataBytes) {}

    private HrlCheck() {}

    /// Checks one log.
    ///
    /// @param findings gets each finding as it is made
    /// @throws IOException if the file cannot be read; damage is a finding, not an exception
    public static Result check(Path path, Consumer<HrlFinding> findings) throws IOException {
        long entries = 0;
        long dataBytes = 0;
        try (var reader = HrlReader.open(path)) {
            var header = reader.header();
            boolean allStrong = true;
            for (long at : reader.blockPositions()) {
                var block = reader.blockAt(at);
                reader.proveData(block);
                entries += block.entries().size();
                dataBytes += block.dataBytes();
                allStrong &= block.strong();
            }
            if (header.totalEntries() != entries) {
                throw new HrlException(
                        HrlException.Kind.DAMAGED,
                        "The header counts " + header.totalEntries() + " changes, the log has " + entries + ".");
            }
            if (header.errorCode() != 0) {
                findings.accept(new HrlFinding(
                        path, HrlFinding.Severity.WARNING, "The writer left error code " + header.errorCode() + "."));
            }
            if (!allStrong) {
                findings.accept(new HrlFinding(
                        path,
                        HrlFinding.Severity.NOTE,
                        "Only the format's weak checksums were proved: the log carries no strong digests."));
            }
            return new Result(true, entries, dataBytes);
        } catch (HrlException e) {
            var severity =
                    e.kind() == HrlException.Kind.NOT_CLOSED ? HrlFinding.Severity.WARNING : HrlFinding.Severity.ERROR;
            String message = e.getMessage() == null ? e.kind().name() : e.getMessage();
            findings.accept(new HrlFinding(path, severity, message));
            return new Result(false, entries, dataBytes);
        }
    }
}
