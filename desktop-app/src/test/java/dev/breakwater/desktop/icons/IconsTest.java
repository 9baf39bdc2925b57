package dev.breakwater.desktop.icons;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The icon files are what their source draws. With `-Dicons.update=true` they are made anew first.
class IconsTest {

    private static final int[] PNG = {16, 24, 32, 48, 64, 128, 256, 512, 1024};
    private static final int[] ICO = {16, 20, 24, 32, 40, 48, 64, 128, 256};

    /// Sizes in pixels of what macOS looks for: 16 to 512 points, simple and double.
    private static final Map<String, Integer> ICNS = new LinkedHashMap<>();

    static {
        ICNS.put("icp4", 16);
        ICNS.put("icp5", 32);
        ICNS.put("ic11", 32);
        ICNS.put("ic12", 64);
        ICNS.put("ic07", 128);
        ICNS.put("ic13", 256);
        ICNS.put("ic08", 256);
        ICNS.put("ic14", 512);
        ICNS.put("ic09", 512);
        ICNS.put("ic10", 1024);
    }

    /// Of 255, by which a channel may differ between two JDKs' ways to draw a rounded edge.
    private static final int TOLERANCE = 24;

    private static final IconDrawing DRAWING = new IconDrawing();

    @BeforeAll
    static void update() throws IOException {
        if (!Boolean.getBoolean("icons.update")) {
            return;
        }
        for (int size : PNG) {
            Files.write(png(size), DRAWING.png(size));
        }
        Map<Integer, byte[]> ico = new LinkedHashMap<>();
        for (int size : ICO) {
            ico.put(size, DRAWING.png(size));
        }
        Files.write(IconDrawing.FOLDER.resolve("breakwater.ico"), IconContainer.ico(ico));
        Map<String, byte[]> icns = new LinkedHashMap<>();
        for (Map.Entry<String, Integer> each : ICNS.entrySet()) {
            icns.put(each.getKey(), DRAWING.png(each.getValue()));
        }
        Files.write(IconDrawing.FOLDER.resolve("breakwater.icns"), IconContainer.icns(icns));
    }

    private static Path png(int size) {
        return IconDrawing.FOLDER.resolve("breakwater-" + size + ".png");
    }

    @Test
    @DisplayName("every PNG shows what the source draws at its size")
    void pngs() throws IOException {
        for (int size : PNG) {
            shows(Files.readAllBytes(png(size)), size);
        }
    }

    @Test
    @DisplayName("Windows' file holds the icon in every size that Windows asks for")
    void ico() throws IOException {
        Map<Integer, byte[]> found =
                IconContainer.readIco(Files.readAllBytes(IconDrawing.FOLDER.resolve("breakwater.ico")));
        assertThat(found.keySet().stream().mapToInt(Integer::intValue).toArray())
                .isEqualTo(ICO);
        for (Map.Entry<Integer, byte[]> each : found.entrySet()) {
            shows(each.getValue(), each.getKey());
        }
    }

    @Test
    @DisplayName("macOS’ file holds the icon in every size that macOS asks for")
    void icns() throws IOException {
        Map<String, byte[]> found =
                IconContainer.readIcns(Files.readAllBytes(IconDrawing.FOLDER.resolve("breakwater.icns")));
        assertThat(found.keySet()).isEqualTo(ICNS.keySet());
        for (Map.Entry<String, Integer> each : ICNS.entrySet()) {
            shows(found.get(each.getKey()), each.getValue());
        }
    }

    @Test
    @DisplayName("the icon is there: opaque in the middle, transparent in the corner, and small it is another drawing")
    void drawn() {
        for (int size : PNG) {
            BufferedImage drawn = DRAWING.at(size);
            assertThat(drawn.getRGB(size / 2, size / 2) >>> 24).isEqualTo(255);
            assertThat(drawn.getRGB(0, 0) >>> 24).isLessThan(128);
        }
    }

    private static void shows(byte[] png, int size) throws IOException {
        BufferedImage found = ImageIO.read(new ByteArrayInputStream(png));
        BufferedImage drawn = DRAWING.at(size);
        assertThat(found.getWidth()).isEqualTo(size);
        assertThat(found.getHeight()).isEqualTo(size);
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                int difference = difference(found.getRGB(x, y), drawn.getRGB(x, y));
                assertThat(difference).as(size + " pixels, at " + x + " " + y).isLessThanOrEqualTo(TOLERANCE);
            }
        }
    }

    private static int difference(int a, int b) {
        int largest = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            largest = Math.max(largest, Math.abs((a >>> shift & 255) - (b >>> shift & 255)));
        }
        return largest;
    }
}
