package dev.breakwater.vault.index;

import java.io.IOException;
import java.util.function.Consumer;

/// Names all frames that a run's pages take: fences, extents, digests.
public final class RunPages {

    private RunPages() {}

    /// Calls back for each frame.
    public static void forEach(PageLoader loader, Run run, Consumer<FrameRef> frames) throws IOException {
        visit(loader, run.root(), run.height(), frames);
    }

    private static void visit(PageLoader loader, FrameRef ref, int height, Consumer<FrameRef> frames)
            throws IOException {
        frames.accept(ref);
        if (height == 0) {
            FrameRef digests = loader.extents(ref).digests();
            if (digests != null) {
                frames.accept(digests);
            }
            return;
        }
        FencePage fences = loader.fences(ref);
        for (int i = 0; i < fences.count(); i++) {
            visit(loader, fences.child(i), height - 1, frames);
        }
    }
}
