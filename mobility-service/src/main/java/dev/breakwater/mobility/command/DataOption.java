package dev.breakwater.mobility.command;

import dev.breakwater.mobility.registration.AgentFolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where the mobility service keeps its data.
final class DataOption {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The mobility service's data folder. Default: /var/lib/breakwater-agent")
    private @Nullable Path data;

    AgentFolder folder() {
        return new AgentFolder((data == null ? AgentFolder.USUAL : data).toAbsolutePath());
    }
}
