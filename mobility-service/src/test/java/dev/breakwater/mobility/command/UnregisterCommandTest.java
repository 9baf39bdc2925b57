package dev.breakwater.mobility.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.mobility.registration.AgentFolder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@DisplayName("The end of a registration, ordered on the machine")
class UnregisterCommandTest {

    @TempDir
    Path folder;

    private final StringWriter said = new StringWriter();

    @Test
    @DisplayName(
            "succeeds again where it has come to its end before, so that whoever did not hear of that may repeat it")
    void again() throws Exception {
        new AgentFolder(folder).lock().orElseThrow().close();

        assertThat(unregister()).isZero();
        assertThat(said.toString()).contains("not registered; nothing was changed");
    }

    @Test
    @DisplayName("is refused for a folder that was never a mobility service's, which may be the wrong one")
    void never() {
        assertThat(unregister()).isEqualTo(1);
        assertThat(said.toString()).contains("--data");
    }

    private int unregister() {
        CommandLine line = AgentCommand.commandLine();
        PrintWriter writer = new PrintWriter(said, true);
        return line.setOut(writer).setErr(writer).execute("unregister", "--data", folder.toString());
    }
}
