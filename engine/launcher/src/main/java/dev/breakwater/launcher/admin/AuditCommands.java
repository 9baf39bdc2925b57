package dev.breakwater.launcher.admin;

import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.AuditRecord;
import dev.breakwater.control.admin.AuditVerification;
import dev.breakwater.launcher.terminal.Json;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The group `audit`.
@Command(
        name = "audit",
        description = "Shows what was ordered, by whom, and whether that record is whole.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {AuditCommands.ListRecords.class, AuditCommands.Verify.class})
public final class AuditCommands {

    /// For picocli.
    public AuditCommands() {}

    /// `audit list`.
    @Command(
            name = "list",
            description =
                    "Lists orders and what became of them, oldest first. With --json one record per line, for other"
                            + " systems to keep.")
    static final class ListRecords implements Callable<Integer> {

        @Mixin
        private EngineOptions engine = new EngineOptions();

        @Option(
                names = "--after",
                defaultValue = "0",
                paramLabel = "N",
                description = "Only records after this number.")
        private long after;

        @Override
        public Integer call() throws Exception {
            try (AdminClient client = engine.connect()) {
                long seen = after;
                List<AuditRecord> page = client.audit(seen);
                while (!page.isEmpty()) {
                    page.forEach(record -> engine.out().println(engine.json() ? Json.line(record) : line(record)));
                    seen = page.getLast().number();
                    page = client.audit(seen);
                }
                engine.out().flush();
            }
            return 0;
        }

        private static String line(AuditRecord record) {
            return record.number() + "  " + record.time() + "  " + record.outcome() + "  " + record.role() + " "
                    + record.who() + "  " + record.from() + "  " + record.what()
                    + (record.detail() == null ? "" : "  (" + record.detail() + ")");
        }
    }

    /// `audit verify`.
    @Command(
            name = "verify",
            description = "Checks that no record was changed, removed, put in or cut off. Exit code 1 if one was.")
    static final class Verify implements Callable<Integer> {

        @Mixin
        private EngineOptions engine = new EngineOptions();

        @Override
        public Integer call() throws Exception {
            try (AdminClient client = engine.connect()) {
                AuditVerification result = client.verifyAudit();
                engine.print(result, text(result));
                return result.findings().isEmpty() ? 0 : 1;
            }
        }

        private static String text(AuditVerification result) {
            if (!result.findings().isEmpty()) {
                return "The audit log is not whole:\n" + String.join("\n", result.findings());
            }
            return "The audit log is whole: " + result.records() + " records, the newest " + result.lastNumber() + " "
                    + result.lastHash() + ".\n" + witness(result.witness());
        }

        private static String witness(AuditVerification.@Nullable Witness witness) {
            return witness == null
                    ? "The vault remembers nothing of it yet, so a cut-off end would not show."
                    : "The vault remembers it up to record " + witness.number() + " (" + witness.time()
                            + "); what came after could have been cut off unseen.";
        }
    }
}
