package dev.breakwater.launcher.vault;

import dev.breakwater.launcher.terminal.Json;
import dev.breakwater.launcher.terminal.Sizes;
import dev.breakwater.launcher.terminal.Table;
import dev.breakwater.model.DiskDescription;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.vault.reading.MachineReader;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Lists recovery points.
@Command(name = "points", description = "Lists the machines and recovery points in the vault, oldest first.")
final class PointsCommand implements Callable<Integer> {

    @Mixin
    private VaultOptions vault = new VaultOptions();

    @Option(names = "--machine", paramLabel = "M", description = "Only this machine (name or id).")
    private @Nullable String machine;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    /// A point as it is printed.
    record Row(
            String id,
            String machine,
            String machineName,
            long slot,
            Instant time,
            String type,
            long freezeMillis,
            long stallMillis,
            long changedBytes,
            List<DiskRow> disks,
            List<String> remarks) {

        static Row of(OpenVault.KnownMachine machine, RecoveryPoint point) {
            return new Row(
                    point.id().toString(),
                    point.machine().toString(),
                    machine.name(),
                    point.slot(),
                    point.time(),
                    point.type().name(),
                    point.freezeMillis(),
                    point.stallMillis(),
                    point.changedBytes(),
                    point.hardware().disks().stream().map(DiskRow::of).toList(),
                    point.remarks());
        }
    }

    /// A disk as it is printed.
    record DiskRow(String id, String name, long sizeBytes, boolean boot) {

        static DiskRow of(DiskDescription disk) {
            return new DiskRow(disk.id().toString(), disk.name(), disk.sizeBytes(), disk.boot());
        }
    }

    @Override
    public Integer call() throws Exception {
        List<Row> rows = new ArrayList<>();
        try (OpenVault opened = vault.open()) {
            for (OpenVault.KnownMachine known :
                    machine == null ? opened.machines() : List.of(opened.machine(machine))) {
                try (MachineReader reader = opened.reader(known.id())) {
                    reader.points().forEach(point -> rows.add(Row.of(known, point)));
                }
            }
        }
        print(spec.commandLine().getOut(), rows);
        return 0;
    }

    private void print(PrintWriter out, List<Row> rows) {
        if (json) {
            out.println(Json.of(rows));
            return;
        }
        Table table = new Table("MACHINE", "POINT", "TIME", "TYPE", "FREEZE", "CHANGED", "DISKS");
        for (Row row : rows) {
            table.row(
                    row.machineName(),
                    row.id(),
                    row.time(),
                    row.type(),
                    row.freezeMillis() + " ms",
                    Sizes.format(row.changedBytes()),
                    String.join(" ", row.disks().stream().map(DiskRow::name).toList()));
        }
        table.print(out);
    }
}
