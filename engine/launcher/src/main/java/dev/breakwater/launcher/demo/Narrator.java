package dev.breakwater.launcher.demo;

import dev.breakwater.launcher.terminal.ProgressBar;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Tells a person what the demonstration does.
final class Narrator {

    private final PrintStream out;
    private final boolean interactive;
    private final long begun = System.nanoTime();
    private int chapter;

    /// A narrator.
    ///
    /// @param interactive whether lines may be redrawn
    Narrator(PrintStream out, boolean interactive) {
        this.out = out;
        this.interactive = interactive;
    }

    /// Begins a chapter.
    void chapter(String title) {
        chapter++;
        out.printf(Locale.ROOT, "%n%d. %s  [%.0f s]%n", chapter, title, (System.nanoTime() - begun) / 1e9);
    }

    /// Tells a fact.
    @SuppressWarnings("AnnotateFormatMethod") // its annotation would need Error Prone at run time
    void fact(String format, @Nullable Object... values) {
        out.println("  " + String.format(Locale.ROOT, format, values));
    }

    /// Says how a stranger compares for himself.
    ///
    /// @param kept the folder that is kept
    /// @param copied a point and the copy of the source at that point
    void invite(Path kept, Demo.Copied copied, String machine, String disk) {
        chapter("Compare for yourself, with what is kept in " + kept);
        fact(
                "./breakwater vault export --location %s/vault --recovery-key-file %s/recovery.key --machine %s --disk %s"
                        + " --point %s --to /tmp/disk.img",
                kept, kept, machine, disk, copied.point().id());
        fact("cmp /tmp/disk.img %s", copied.copy());
    }

    /// A bar for something that takes time.
    ProgressBar bar(String title) {
        return new ProgressBar(out, title, interactive);
    }
}
