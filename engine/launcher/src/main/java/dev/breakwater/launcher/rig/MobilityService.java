package dev.breakwater.launcher.rig;

import dev.breakwater.control.EngineAddress;
import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.launcher.process.Program;
import dev.breakwater.launcher.process.RunningProgram;
import dev.breakwater.platform.stop.Uninterrupted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A mobility service as a process on this computer, registered with an engine.
public final class MobilityService implements AutoCloseable {

    private final Path data;
    private final RunningProgram program;
    private boolean registered = true;

    private MobilityService(Path data, RunningProgram program) {
        this.data = data;
        this.program = program;
    }

    /// Registers a machine and starts its mobility service.
    ///
    /// @param folder where it keeps what it has, and its log
    /// @param engine gives the passphrase
    /// @param server where the engine answers
    /// @param machine the machine's name
    /// @param options of the mobility service's own
    public static MobilityService start(
            Path folder, AdminClient engine, EngineAddress server, String machine, List<String> options)
            throws IOException, InterruptedException {
        Path passphrase = folder.resolve("passphrase");
        if (!Files.exists(passphrase)) {
            Files.createFile(
                    passphrase, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(passphrase, engine.passphrase(), StandardOpenOption.TRUNCATE_EXISTING);
        Path data = folder.resolve("agent");
        Program.AGENT.run(List.of(
                "register",
                "--server",
                server.toString(),
                "--passphrase-file",
                passphrase.toString(),
                "--name",
                machine,
                "--data",
                data.toString()));
        List<String> run = new ArrayList<>(List.of("run", "--data", data.toString()));
        run.addAll(options);
        return new MobilityService(data, Program.AGENT.start(folder.resolve("agent.log"), Map.of(), run));
    }

    /// Its process.
    public RunningProgram program() {
        return program;
    }

    /// Stops it; its tracking stays for a successor.
    void stop() {
        program.close();
    }

    /// Stops it and ends the registration: the engine forgets the machine, its recovery points stay.
    ///
    /// @throws IOException if the engine cannot be asked, for example
    public void unregister() throws IOException {
        Uninterrupted.run(() -> {
            stop();
            Program.AGENT.run(List.of("unregister", "--data", data.toString()));
            registered = false;
        });
    }

    /// Stops it and takes its tracking out of the kernel and out of memory: no successor will come. The engine is not
    /// asked.
    ///
    /// @throws IOException if something of it stays
    @Override
    public void close() throws IOException {
        Uninterrupted.run(() -> {
            stop();
            if (registered) {
                Program.AGENT.run(List.of("unregister", "--local", "--data", data.toString()));
            }
        });
    }
}
