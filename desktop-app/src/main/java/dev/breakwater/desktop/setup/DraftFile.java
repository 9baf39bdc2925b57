package dev.breakwater.desktop.setup;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The file in which set-up outlives the console: JSON with `format`, `version`, `step`, `answers`, `done`, `again`.
///
/// @param file where it lies
record DraftFile(Path file) {

    private static final Logger LOG = LoggerFactory.getLogger(DraftFile.class);
    private static final String FORMAT = "breakwater-setup-draft";
    private static final int VERSION = 1;

    /// Ten thousand machines with their disks take a fifth of this.
    private static final long MAX_BYTES = 4L << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    /// What was found.
    ///
    /// @param draft the answers; a new draft if there was none that can be read
    /// @param aside where a file lies that could not be read, so that nothing is lost
    record Found(SetupDraft draft, @Nullable Path aside) {}

    /// Reads it. What is damaged, or of a later version, is put aside.
    Found load(List<String> steps) {
        SetupDraft fresh = SetupDraft.beginningAt(steps.getFirst());
        if (!Files.exists(file)) {
            return new Found(fresh, null);
        }
        try {
            return new Found(read(steps), null);
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("The draft of set-up in {} cannot be used.", file, e);
            return new Found(fresh, putAside());
        }
    }

    private SetupDraft read(List<String> steps) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("It is larger than a draft can be.");
        }
        JsonNode root = JSON.readTree(file.toFile());
        if (!FORMAT.equals(root.path("format").asText()) || root.path("version").asInt() != VERSION) {
            throw new IOException("It is no draft of this version.");
        }
        String step = root.path("step").asText();
        Set<String> done = JSON.convertValue(root.path("done"), new TypeReference<Set<String>>() {});
        Set<String> again = JSON.convertValue(root.path("again"), new TypeReference<Set<String>>() {});
        Map<String, String> answers = JSON.convertValue(root.path("answers"), new TypeReference<>() {});
        if (done == null || again == null || answers == null || !steps.contains(step)) {
            throw new IOException("It is incomplete.");
        }
        return new SetupDraft(step, answers, done, again);
    }

    private @Nullable Path putAside() {
        Path aside = file.resolveSibling(file.getFileName() + ".unreadable");
        try {
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            return aside;
        } catch (IOException e) {
            LOG.warn("It stays where it is, and the next answer replaces it.", e);
            return file;
        }
    }

    /// Writes it, whole or not at all.
    void save(SetupDraft draft) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", FORMAT);
        root.put("version", VERSION);
        root.put("step", draft.step());
        root.set("answers", JSON.valueToTree(draft.answers()));
        root.set("done", JSON.valueToTree(draft.done()));
        root.set("again", JSON.valueToTree(draft.again()));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.write(fresh, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
