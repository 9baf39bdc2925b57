package dev.breakwater.launcher.vault;

import dev.breakwater.diskexport.NbdExport;
import dev.breakwater.diskexport.NbdServer;
import dev.breakwater.launcher.terminal.Json;
import dev.breakwater.model.DiskDescription;
import dev.breakwater.model.ReadableDisk;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.platform.stop.StopSignals;
import dev.breakwater.vault.reading.MachineReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Serves a machine's disks at a point over NBD until it is stopped.
@Command(
        name = "serve",
        description = "Serves a machine's disks at a recovery point read-only over NBD on a unix socket, until Ctrl-C.")
final class ServeCommand implements Callable<Integer> {

    @Mixin
    private VaultOptions vault = new VaultOptions();

    @Option(names = "--machine", required = true, paramLabel = "M", description = "Name or id of the machine.")
    private String machine = "";

    @Option(names = "--disk", paramLabel = "D", description = "Only this disk (name or id).")
    private @Nullable String disk;

    @Option(
            names = "--point",
            defaultValue = "latest",
            paramLabel = "P",
            description = "Id of the point, or latest (the default).")
    private String point = "latest";

    @Option(names = "--socket", required = true, paramLabel = "PATH", description = "Unix socket to make.")
    private Path socket = Path.of("");

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        StopSignals stop = StopSignals.listen(StopSignals.USUAL_LIMIT);
        try (OpenVault opened = vault.open();
                PointInUse used = PointInUse.open(opened, opened.machine(machine), point)) {
            serve(used.reader(), used.point(), stop);
        }
        return 0;
    }

    private void serve(MachineReader reader, RecoveryPoint chosen, StopSignals stop) throws Exception {
        List<DiskDescription> disks = disk == null ? chosen.hardware().disks() : List.of(OpenVault.disk(chosen, disk));
        List<ReadableDisk> open = new ArrayList<>();
        List<NbdExport> exports = new ArrayList<>();
        try {
            for (DiskDescription description : disks) {
                ReadableDisk content = reader.disk(chosen.id(), description.id());
                open.add(content);
                exports.add(new NbdExport("disk" + exports.size(), content));
            }
            try (NbdServer server = NbdServer.start(socket.toAbsolutePath(), exports)) {
                show(server, disks);
                stop.await();
            }
        } finally {
            for (ReadableDisk content : open) {
                content.close();
            }
        }
    }

    private void show(NbdServer server, List<DiskDescription> disks) {
        PrintWriter out = spec.commandLine().getOut();
        Map<String, String> uris = new TreeMap<>();
        for (int i = 0; i < disks.size(); i++) {
            uris.put(disks.get(i).name(), server.uri("disk" + i));
        }
        if (json) {
            out.println(Json.of(uris));
        } else {
            uris.forEach((name, uri) -> out.println(name + "  " + uri));
            out.println("Serving until Ctrl-C.");
        }
        out.flush();
    }
}
