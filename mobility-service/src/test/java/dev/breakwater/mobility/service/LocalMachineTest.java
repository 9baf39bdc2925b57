package dev.breakwater.mobility.service;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.mobility.discovery.LinuxDisks;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A machine")
class LocalMachineTest {

    @Test
    @DisplayName("that offers some of its disks lets no other be protected, whoever orders it")
    void offersSome() {
        var machine = new LocalMachine(new LinuxDisks(), "1", List.of("/dev/loop7", "/dev/loop8"));
        assertThatCode(() -> machine.requireOffered("/dev/loop8")).doesNotThrowAnyException();
        assertThatThrownBy(() -> machine.requireOffered("/dev/sda"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/dev/sda")
                .hasMessageContaining("/dev/loop7, /dev/loop8");
    }

    @Test
    @DisplayName("that does not say what it offers lets every disk be protected")
    void offersAll() {
        var machine = new LocalMachine(new LinuxDisks(), "1", List.of());
        assertThatCode(() -> machine.requireOffered("/dev/sda")).doesNotThrowAnyException();
    }
}
