package dev.breakwater.launcher.vault;

import dev.breakwater.launcher.terminal.Json;
import dev.breakwater.launcher.terminal.Sizes;
import dev.breakwater.model.ByteRange;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.platform.Entropy;
import dev.breakwater.vault.check.CheckDepth;
import dev.breakwater.vault.check.CheckListener;
import dev.breakwater.vault.check.CheckProgress;
import dev.breakwater.vault.check.CheckSummary;
import dev.breakwater.vault.check.Finding;
import dev.breakwater.vault.check.VaultCheck;
import dev.breakwater.vault.check.VaultRepair;
import dev.breakwater.vault.check.Witness;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Checks a vault.
@Command(
        name = "check",
        description = {
            "Checks a vault: its keys and documents, the chain of every log, every page of every index, and that every"
                    + " object is there; with --data also every byte. Names each thing that is wrong, the machine, disk and"
                    + " recovery points that suffer, and the cause. Changes nothing, unless --repair is given.",
            "A copy of a whole vault of yesterday is sound in itself. Only a witness can tell: see --witness."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:sound",
            "1:a recovery point cannot be recovered entirely, or the vault was rolled back; or the check failed",
            "2:the command was not understood",
            "3:something is damaged, but every recovery point can be recovered"
        })
final class CheckCommand implements Callable<Integer> {

    private static final int SOUND = 0;
    private static final int LOST = 1;
    private static final int DAMAGED = 3;

    /// Findings of one check that are printed; a vault with more is not worth reading about one by one.
    private static final int MAX_FINDINGS = 100_000;

    private static final long PROGRESS_NANOS = Duration.ofSeconds(2).toNanos();

    @Mixin
    private VaultOptions vault = new VaultOptions();

    @Option(names = "--machine", paramLabel = "M", description = "Only this machine (name or id).")
    private @Nullable String machine;

    @Option(names = "--data", description = "Also open every frame and compare every block with its digest.")
    private boolean data;

    @Option(
            names = "--witness",
            paramLabel = "WITNESS",
            description =
                    "Who knows how far the vault must reach, so that a roll-back of the whole vault shows: the data"
                            + " folder of an engine (running or not), the folder of a mobility service, a file with what an earlier"
                            + " check printed as JSON, or MACHINE=SLOT. May be repeated.")
    private List<String> witnesses = List.of();

    @Option(
            names = "--repair",
            description =
                    "Let machines repair what is damaged in the newest state of their disks: marks the damaged ranges in"
                            + " the vault, so that each machine is compared with it when it next connects, and sends them again."
                            + " Points that are damaged stay so. With --data also ranges in damaged frames are found.")
    private boolean repair;

    @Option(
            names = "--json",
            description =
                    "Print JSON: sound, dataChecked, summary, newestSlots, repairSlots, findings (code, severity, machine, disk, object, points,"
                            + " message). The codes stay as they are.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    /// A finding as it is printed.
    record Found(
            String code,
            String severity,
            @Nullable String machine,
            @Nullable String disk,
            @Nullable String object,
            List<Long> points,
            String message) {

        static Found of(Finding finding) {
            return new Found(
                    finding.code().toString(),
                    finding.severity().name(),
                    finding.machine().map(MachineId::toString).orElse(null),
                    finding.disk().map(DiskId::toString).orElse(null),
                    finding.objectName().orElse(null),
                    finding.points(),
                    finding.message());
        }
    }

    /// Prints while the check runs: findings, unless they come as JSON at the end; progress to where errors go.
    private final class Listener implements CheckListener {

        private final List<Found> findings = new ArrayList<>();
        private final VaultRepair repairs = new VaultRepair();
        private long shown = System.nanoTime();

        @Override
        public void unreadable(MachineId machine, DiskId disk, ByteRange range) {
            repairs.add(machine, disk, range);
        }

        @Override
        public void found(Finding finding) {
            if (findings.size() < MAX_FINDINGS) {
                findings.add(Found.of(finding));
            }
            if (!json) {
                PrintWriter out = spec.commandLine().getOut();
                out.println(finding.severity() + "  " + finding.code() + ": " + finding.message());
                out.flush();
            }
        }

        @Override
        public void progress(CheckProgress progress) {
            if (System.nanoTime() - shown < PROGRESS_NANOS) {
                return;
            }
            shown = System.nanoTime();
            String opened = data
                    ? ", " + Sizes.format(progress.bytes()) + " of at most " + Sizes.format(progress.totalBytes())
                            + " opened"
                    : "";
            PrintWriter err = spec.commandLine().getErr();
            err.println("Machine " + progress.machineNumber() + " of " + progress.machines() + " (" + progress.machine()
                    + "): " + progress.pages() + " pages" + opened);
            err.flush();
        }
    }

    /// What was checked and what was not, in words: a sound index proves nothing about the data behind it.
    static String extent(CheckSummary summary, boolean data) {
        return "Checked " + counted(summary.machines(), "machine") + ", " + counted(summary.points(), "point")
                + ": the log, the index (" + counted(summary.pages(), "page")
                + "), and that every object is there and long enough. "
                + (data
                        ? "All data of these points was read and compared with its digests: "
                                + counted(summary.frames(), "frame") + ", " + Sizes.format(summary.bytes()) + ". "
                        : "The data itself was NOT read; vault check --data does that. ")
                + counted(summary.findings(), "finding") + ", " + summary.critical() + " critical.";
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Listener listener = new Listener();
        CheckSummary summary;
        Map<MachineId, Long> repaired = Map.of();
        try (OpenVault opened = vault.open()) {
            Witness witness = Witnesses.of(witnesses, opened);
            VaultCheck check = new VaultCheck(opened.vault());
            CheckDepth depth = data ? CheckDepth.DATA : CheckDepth.STRUCTURE;
            summary = machine == null
                    ? check.run(depth, witness, listener)
                    : check.run(List.of(opened.machine(machine).id()), depth, witness, listener);
            if (repair) {
                repaired = listener.repairs.run(opened.vault(), Entropy.system(), InstantSource.system());
            }
        }
        if (json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("sound", summary.critical() == 0);
            result.put("dataChecked", data);
            result.put("summary", summary);
            result.put("newestSlots", summary.newestSlots());
            result.put("repairSlots", repaired);
            result.put("findings", listener.findings);
            out.println(Json.of(result));
        } else {
            out.println(extent(summary, data));
            if (repair && repaired.isEmpty()) {
                out.println(
                        "Nothing was marked to be sent again: no damage was found in the newest state of the disks.");
            }
            repaired.forEach((of, slot) -> out.println("Machine " + of + " sends the damaged ranges again when it next"
                    + " connects (marked in slot " + slot + ")."));
            out.println(
                    summary.witnesses().isEmpty()
                            ? "Nobody was asked how far the vault must reach, so a roll-back of the whole vault would not"
                                    + " show. See --witness."
                            : "How far the vault must reach was known for " + summary.witnessed() + " of "
                                    + summary.machines() + " machines from "
                                    + String.join(", ", summary.witnesses()) + ".");
        }
        return summary.critical() > 0 ? LOST : summary.warnings() > 0 ? DAMAGED : SOUND;
    }
}
