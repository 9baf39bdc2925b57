package dev.breakwater.control.diagnostics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.breakwater.control.ControlJson;
import dev.breakwater.platform.log.LogContext;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The end of a log file, of each line only the fields that a log line of ours has. A line that is no log line of ours
/// is left out: nobody knows what it is.
final class LogExcerpt {

    private static final List<String> FIELDS =
            List.of("timestamp", "level", "threadName", "loggerName", "formattedMessage", "throwable");

    private static final List<String> WORK =
            List.of(LogContext.REQUEST, LogContext.MACHINE, LogContext.MACHINE_NAME, LogContext.JOB);

    private LogExcerpt() {}

    /// Reads the last lines of a file.
    ///
    /// @param maxBytes no more than this is read, from the end
    static String of(Path file, int maxBytes) throws IOException {
        StringBuilder kept = new StringBuilder();
        int leftOut = 0;
        for (String line : tail(file, maxBytes).lines().toList()) {
            Optional<String> plain = plain(line);
            if (plain.isPresent()) {
                kept.append(plain.get()).append('\n');
            } else {
                leftOut++;
            }
        }
        if (leftOut > 0) {
            kept.append("{\"formattedMessage\":\"")
                    .append(leftOut)
                    .append(" lines were left out because they are no log lines of ours.\"}\n");
        }
        return kept.toString();
    }

    private static String tail(Path file, int maxBytes) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            long start = Math.max(0, channel.size() - maxBytes);
            channel.position(start);
            byte[] bytes = Channels.newInputStream(channel).readNBytes(maxBytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            // The first line is whole only at the file's beginning.
            return start == 0 ? text : text.substring(text.indexOf('\n') + 1);
        }
    }

    private static Optional<String> plain(String line) {
        try {
            JsonNode read = ControlJson.mapper().readTree(line);
            if (!read.isObject() || !read.has("level") || !read.has("formattedMessage")) {
                return Optional.empty();
            }
            ObjectNode plain = ControlJson.mapper().createObjectNode();
            FIELDS.stream().filter(read::has).forEach(field -> plain.set(field, read.get(field)));
            ObjectNode work = plain.putObject("mdc");
            WORK.stream()
                    .filter(field -> read.path("mdc").has(field))
                    .forEach(field -> work.set(field, read.path("mdc").get(field)));
            return Optional.of(ControlJson.mapper().writeValueAsString(plain));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
