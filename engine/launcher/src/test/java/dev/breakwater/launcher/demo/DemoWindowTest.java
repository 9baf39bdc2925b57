package dev.breakwater.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DemoWindowTest {

    @Test
    @DisplayName("a window is opened where X or Wayland is, and nowhere else")
    void display() {
        assertThat(DemoWindow.possible(Map.of("DISPLAY", ":0"))).isTrue();
        assertThat(DemoWindow.possible(Map.of("WAYLAND_DISPLAY", "wayland-0"))).isTrue();
        assertThat(DemoWindow.possible(Map.of())).isFalse();
        assertThat(DemoWindow.possible(Map.of("DISPLAY", ""))).isFalse();
    }

    @Test
    @DisplayName("without a window the demonstration neither waits nor speaks of pages")
    void none() throws InterruptedException {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        try (DemoWindow window =
                DemoWindow.none(new Narrator(new PrintStream(told, true, StandardCharsets.UTF_8), false))) {
            long begin = System.nanoTime();
            window.show("breakwater://dashboard");
            window.look();
            assertThat(System.nanoTime() - begin).isLessThan(1_000_000_000L);
        }
        assertThat(told.toString(StandardCharsets.UTF_8)).isEmpty();
    }
}
