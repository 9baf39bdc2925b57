package dev.breakwater.control;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The lines of an endless answer, of which none may be endless.
final class BoundedLines {

    /// An event takes some hundred bytes; a line as long as this is no event of ours.
    static final int MAX_LINE_BYTES = 256 * 1024;

    private BoundedLines() {}

    /// The lines of a stream as they come, in UTF-8, ended by LF or CR LF. Closing the result closes the
    /// stream. Reading ends with an [UncheckedIOException] if the stream fails or a line is too long.
    static Stream<String> of(InputStream stream) {
        var buffered = new BufferedInputStream(stream);
        return Stream.generate(() -> next(buffered)).takeWhile(Objects::nonNull).onClose(() -> {
            try {
                stream.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static @Nullable String next(InputStream stream) {
        var line = new ByteArrayOutputStream();
        try {
            int b = stream.read();
            if (b < 0) {
                return null;
            }
            while (b >= 0 && b != '\n') {
                if (line.size() == MAX_LINE_BYTES) {
                    throw new IOException("The server sent a line of more than " + MAX_LINE_BYTES + " bytes.");
                }
                line.write(b);
                b = stream.read();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
