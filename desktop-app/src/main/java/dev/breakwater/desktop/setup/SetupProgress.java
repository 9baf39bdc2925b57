package dev.breakwater.desktop.setup;

/// Where set-up stands, for the navigation.
public final class SetupProgress {

    private SetupProgress() {}

    /// `3/8`; empty if nothing was begun, or all is done.
    public static String kept(SetupPlace place) {
        return badge(new DraftFile(place.draft()).load(Steps.WORDS).draft());
    }

    static String badge(SetupDraft draft) {
        boolean begun = !draft.done().isEmpty();
        boolean ended = draft.done().containsAll(Steps.WORDS) && draft.again().isEmpty();
        return begun && !ended ? Steps.WORDS.indexOf(draft.step()) + 1 + "/" + Steps.WORDS.size() : "";
    }
}
