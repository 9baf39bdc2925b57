package dev.breakwater.vault.index;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Walks a run's extents in order. Holds one page per level.
public final class RunCursor {

    private final PageLoader loader;
    private final Run run;
    private final FencePage[] fences;
    private final int[] position;
    private @Nullable ExtentPage page;
    private int extent;

    /// A cursor before the first extent that ends after a block.
    ///
    /// @throws IOException if a page cannot be read
    public RunCursor(PageLoader loader, Run run, long block) throws IOException {
        this.loader = loader;
        this.run = run;
        this.fences = new FencePage[run.height()];
        this.position = new int[run.height()];
        seek(block);
    }

    /// The run it walks.
    public Run run() {
        return run;
    }

    /// Whether there is no extent left.
    public boolean atEnd() {
        return page == null;
    }

    /// The page of the current extent.
    public ExtentPage page() {
        if (page == null) {
            throw new IllegalStateException("the cursor is at the end");
        }
        return page;
    }

    /// The current extent's number in its page.
    public int extent() {
        return extent;
    }

    /// Goes to the next extent.
    public void next() throws IOException {
        extent++;
        if (extent >= page().count()) {
            nextPage();
        }
    }

    private void seek(long block) throws IOException {
        FrameRef ref = run.root();
        for (int level = run.height() - 1; level >= 0; level--) {
            fences[level] = loader.fences(ref);
            position[level] = fences[level].firstEndingAfter(block);
            if (position[level] == fences[level].count()) {
                page = null;
                return;
            }
            ref = fences[level].child(position[level]);
        }
        page = loader.extents(ref);
        extent = page.firstEndingAfter(block);
        if (extent == page.count()) {
            nextPage();
        }
    }

    private void nextPage() throws IOException {
        for (int level = 0; level < fences.length; level++) {
            if (position[level] + 1 < fences[level].count()) {
                position[level]++;
                for (int below = level - 1; below >= 0; below--) {
                    fences[below] = loader.fences(fences[below + 1].child(position[below + 1]));
                    position[below] = 0;
                }
                page = loader.extents(fences[0].child(position[0]));
                extent = 0;
                return;
            }
        }
        page = null;
    }
}
