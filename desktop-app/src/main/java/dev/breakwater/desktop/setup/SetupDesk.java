package dev.breakwater.desktop.setup;

import dev.breakwater.desktop.door.Figures;
import dev.breakwater.desktop.door.Snapshot;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Texts;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// What the steps share: the draft, the newest snapshot, the way back to the page. Used on the JavaFX thread.
final class SetupDesk {

    private final PageContext context;
    private final SetupPlace place;
    private final DraftFile file;
    private final Runnable moved;
    private SetupDraft draft;
    private Snapshot snapshot = Snapshot.NOTHING;
    private boolean busy;

    /// @param moved called when a step is busy, or no longer, or what Next does has changed
    SetupDesk(PageContext context, SetupPlace place, SetupDraft draft, Runnable moved) {
        this.context = context;
        this.place = place;
        this.file = new DraftFile(place.draft());
        this.draft = draft;
        this.moved = moved;
    }

    PageContext context() {
        return context;
    }

    Texts texts() {
        return context.texts();
    }

    SetupPlace place() {
        return place;
    }

    SetupDraft draft() {
        return draft;
    }

    Snapshot snapshot() {
        return snapshot;
    }

    @Nullable
    Figures figures() {
        return snapshot.figures();
    }

    void see(Snapshot newest) {
        snapshot = newest;
    }

    String answer(String key) {
        return draft.answer(key);
    }

    /// Keeps an answer. Never a secret.
    void answer(String key, String value) {
        keep(draft.answered(key, value, Steps.WORDS));
    }

    void keep(SetupDraft changed) {
        if (changed.equals(draft)) {
            return;
        }
        draft = changed;
        try {
            file.save(changed);
        } catch (IOException e) {
            context.navigator().toast(texts().get("setup.not-saved", String.valueOf(e.getMessage())));
        }
        moved.run();
    }

    boolean busy() {
        return busy;
    }

    void busy(boolean works) {
        busy = works;
        moved.run();
    }

    /// Something of the present step has changed.
    void moved() {
        moved.run();
    }
}
