package dev.breakwater.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.desktop.fixture.Picture;
import dev.breakwater.desktop.fixture.VirtualScreen;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// The console as it is used: a process of its own, drawn by GTK on an X server, led from page to page.
final class RealWindow {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// The light theme's page.
    private static final int PAGE = 0xFFFFFF;

    /// Rows of the status bar, which is the lowest thing in the window.
    private static final int STATUS_BAR = 36;

    private RealWindow() {}

    /// Opens it on an engine that runs, leads it to a page and closes it.
    static void journey(Path data, Path folder) throws Exception {
        try (VirtualScreen screen = VirtualScreen.start(folder.resolve("screen"))) {
            Process console = start(data, folder, screen.display());
            try (OutputStream pages = console.getOutputStream()) {
                BufferedImage dashboard =
                        await(screen, console, folder, picture -> count(picture, PAGE) > 500_000 && isLive(picture));
                pages.write("breakwater://settings\n".getBytes(StandardCharsets.UTF_8));
                pages.flush();
                BufferedImage settings =
                        await(screen, console, folder, picture -> different(dashboard, picture) > 20_000);
                Picture.write(settings, Path.of("target", "gallery", "journey-window.png"));
            }
            assertThat(console.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("the window closes at the end of its input")
                    .isTrue();
            assertThat(console.exitValue()).isZero();
        }
    }

    private static Process start(Path data, Path folder, String display) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-Dprism.order=sw",
                        "-Duser.language=en",
                        "-Djava.util.prefs.userRoot=" + folder.resolve("preferences"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "--data",
                        data.toString(),
                        "--follow"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("console.log").toFile());
        builder.environment().put("DISPLAY", display);
        builder.environment().remove("WAYLAND_DISPLAY");
        return builder.start();
    }

    private static BufferedImage await(
            VirtualScreen screen, Process console, Path folder, Predicate<BufferedImage> wanted) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            BufferedImage picture = screen.picture();
            if (wanted.test(picture)) {
                return picture;
            }
            if (System.nanoTime() > deadline || !console.isAlive()) {
                Picture.write(picture, Path.of("target", "gallery", "late-window.png"));
                throw new AssertionError(
                        "The window did not show what it should; target/gallery/late-window.png has what"
                                + " it showed. It said: " + Files.readString(folder.resolve("console.log")));
            }
            Thread.sleep(200);
        }
    }

    /// Whether something in the status bar is green: the mark of an engine that answers.
    private static boolean isLive(BufferedImage picture) {
        int last = picture.getHeight() - 1;
        while (last > 0 && (picture.getRGB(picture.getWidth() / 2, last) & 0xFFFFFF) == 0) {
            last--;
        }
        for (int y = Math.max(0, last - STATUS_BAR); y <= last; y++) {
            for (int x = 0; x < picture.getWidth() / 2; x++) {
                int pixel = picture.getRGB(x, y);
                int green = pixel >> 8 & 255;
                if (green - (pixel >> 16 & 255) > 60 && green - (pixel & 255) > 40) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int count(BufferedImage picture, int colour) {
        int count = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                count += (picture.getRGB(x, y) & 0xFFFFFF) == colour ? 1 : 0;
            }
        }
        return count;
    }

    private static int different(BufferedImage one, BufferedImage other) {
        int count = 0;
        for (int y = 0; y < one.getHeight(); y++) {
            for (int x = 0; x < one.getWidth(); x++) {
                count += one.getRGB(x, y) == other.getRGB(x, y) ? 0 : 1;
            }
        }
        return count;
    }
}
