package dev.breakwater.desktop.icons;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.view.ViewBox;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import javax.imageio.ImageIO;

/// Draws the icon at a size.
final class IconDrawing {

    /// Where its sources lie, and what is made of them.
    static final Path FOLDER = Path.of("..", "icons");

    /// Up to this size, in pixels, the small variant is drawn: the fine lines of the other would blur.
    private static final int SMALL = 32;

    private final SVGDocument large = load("breakwater.svg");
    private final SVGDocument small = load("breakwater-small.svg");

    private static SVGDocument load(String name) {
        try {
            return Objects.requireNonNull(
                    new SVGLoader().load(FOLDER.resolve(name).toUri().toURL()), name);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The picture, transparent outside the icon.
    BufferedImage at(int pixels) {
        BufferedImage image = new BufferedImage(pixels, pixels, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        (pixels <= SMALL ? small : large).render((java.awt.Component) null, graphics, new ViewBox(pixels, pixels));
        graphics.dispose();
        return image;
    }

    /// The picture as PNG.
    byte[] png(int pixels) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(at(pixels), "png", bytes);
        return bytes.toByteArray();
    }
}
