package dev.breakwater.launcher.vault;

import dev.breakwater.diskexport.DiskImages;
import dev.breakwater.diskexport.ImageFormat;
import dev.breakwater.launcher.process.Interruption;
import dev.breakwater.launcher.terminal.Json;
import dev.breakwater.launcher.terminal.ProgressBar;
import dev.breakwater.launcher.terminal.Screen;
import dev.breakwater.launcher.terminal.Sizes;
import dev.breakwater.model.DiskDescription;
import dev.breakwater.model.ReadableDisk;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.vault.reading.MachineReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Writes a disk at a point, or the difference of two points, into a file.
@Command(
        name = "export",
        description = "Writes a disk at a recovery point into a file: as it was (raw), as a fixed VHD, or as a change"
                + " log (hrl): whole, or the difference from an earlier point.")
final class ExportCommand implements Callable<Integer> {

    /// Forms of the file.
    enum Format {
        /// Byte for byte, with holes where there are zeros.
        RAW,
        /// Fixed VHD, as Azure takes it.
        VHD,
        /// [MS-HRL] change log.
        HRL
    }

    @Mixin
    private VaultOptions vault = new VaultOptions();

    @Option(names = "--machine", required = true, paramLabel = "M", description = "Name or id of the machine.")
    private String machine = "";

    @Option(names = "--disk", required = true, paramLabel = "D", description = "Name or id of its disk.")
    private String disk = "";

    @Option(names = "--point", required = true, paramLabel = "P", description = "Id of the point, or latest.")
    private String point = "";

    @Option(names = "--to", required = true, paramLabel = "FILE", description = "File to write.")
    private Path target = Path.of("");

    @Option(
            names = "--format",
            defaultValue = "raw",
            description = "One of raw, vhd, hrl; ${DEFAULT-VALUE} if not given.")
    private Format format = Format.RAW;

    @Option(
            names = "--since",
            paramLabel = "P0",
            description = "With hrl: the earlier point; a whole copy, as `vault seed` takes it, if not given.")
    private @Nullable String since;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (format != Format.HRL && since != null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--since belongs to --format hrl: the other formats hold whole disks.");
        }
        Map<String, Object> result = new TreeMap<>();
        try (var _ = new Interruption();
                OpenVault opened = vault.open()) {
            OpenVault.KnownMachine known = opened.machine(machine);
            try (PointInUse used = PointInUse.open(opened, known, point)) {
                MachineReader reader = used.reader();
                RecoveryPoint chosen = used.point();
                DiskDescription description = OpenVault.disk(chosen, disk);
                if (format != Format.HRL) {
                    image(reader, chosen, description);
                } else {
                    DifferenceLog.write(
                            reader,
                            since == null || since.equals("none")
                                    ? Optional.empty()
                                    : Optional.of(OpenVault.point(reader, since)),
                            chosen,
                            description,
                            target);
                }
                result.put("machine", known.id());
                result.put("point", chosen.id());
                result.put("disk", description.id());
                result.put("sizeBytes", description.sizeBytes());
                result.put("format", format.name().toLowerCase(java.util.Locale.ROOT));
                result.put("file", target.toAbsolutePath().toString());
                result.put("fileBytes", Files.size(target));
            }
        }
        if (json) {
            spec.commandLine().getOut().println(Json.of(result));
        } else {
            spec.commandLine()
                    .getOut()
                    .println("Point " + result.get("point") + " of " + disk + " is in " + target + " ("
                            + Sizes.format(Files.size(target)) + ").");
        }
        return 0;
    }

    private void image(MachineReader reader, RecoveryPoint chosen, DiskDescription description) throws Exception {
        ProgressBar bar = new ProgressBar(System.err, "export", Screen.interactive() && !json);
        try (ReadableDisk content = reader.disk(chosen.id(), description.id())) {
            DiskImages.write(
                    content,
                    target,
                    format == Format.VHD ? ImageFormat.FIXED_VHD : ImageFormat.RAW,
                    description.id().uuid(),
                    Instant.now(),
                    done -> {
                        if (Screen.interactive() && !json) {
                            bar.show(done, description.sizeBytes(), Sizes.format(done));
                        }
                    });
        }
        if (Screen.interactive() && !json) {
            bar.end();
        }
    }
}
