package dev.breakwater.vault.index;

import java.io.IOException;
import java.util.function.Consumer;

/// Names all frames that a run's pages take: fences, extents, digests.
public final class RunPages {

    private RunPages() {}

    /// Takes a page that cannot be read.
    @FunctionalInterface
    public interface Unreadable {

        /// Called once for each such page; what lies below it is not visited.
        ///
        /// @param page which page
        /// @param error why
        /// @throws IOException to stop
        void take(FrameRef page, IOException error) throws IOException;
    }

    /// Calls back for each frame.
    ///
    /// @throws IOException if a page cannot be read
    public static void forEach(PageLoader loader, Run run, Consumer<FrameRef> frames) throws IOException {
        Unreadable failing = (page, error) -> {
            throw error;
        };
        new Visit(loader, frames, failing, false).visit(run.root(), run.height());
    }

    /// Calls back for each frame, and for each that cannot be read. Reads digests too.
    public static void check(PageLoader loader, Run run, Consumer<FrameRef> frames, Unreadable unreadable)
            throws IOException {
        new Visit(loader, frames, unreadable, true).visit(run.root(), run.height());
    }

    private record Visit(PageLoader loader, Consumer<FrameRef> frames, Unreadable unreadable, boolean readDigests) {

        void visit(FrameRef ref, int height) throws IOException {
            frames.accept(ref);
            try {
                if (height == 0) {
                    FrameRef digests = loader.extents(ref).digests();
                    if (digests != null) {
                        visitDigests(digests);
                    }
                    return;
                }
                loader.fences(ref);
            } catch (IOException e) {
                unreadable.take(ref, e);
                return;
            }
            FencePage fences = loader.fences(ref);
            for (int i = 0; i < fences.count(); i++) {
                visit(fences.child(i), height - 1);
            }
        }

        private void visitDigests(FrameRef digests) throws IOException {
            frames.accept(digests);
            if (readDigests) {
                try {
                    loader.digests(digests);
                } catch (IOException e) {
                    unreadable.take(digests, e);
                }
            }
        }
    }
}
