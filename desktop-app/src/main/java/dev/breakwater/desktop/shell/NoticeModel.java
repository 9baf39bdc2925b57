package dev.breakwater.desktop.shell;

import dev.breakwater.desktop.door.Snapshot;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.desktop.texts.Units;
import org.jspecify.annotations.Nullable;

/// What stands above the page while no engine is heard.
///
/// @param kind what is the matter
/// @param words the sentence for people; empty if there is nothing to say
record NoticeModel(Kind kind, String words) {

    /// What is the matter; the words of the keys `shell.notice.…`.
    enum Kind {
        /// Nothing.
        NONE,
        /// There is no engine; it can be set up.
        ABSENT,
        /// It does not run; it can be started.
        STOPPED,
        /// It was told to start.
        STARTING,
        /// It could not be started.
        FAILED,
        /// It was heard and is silent now.
        SILENT,
        /// It was never heard.
        UNHEARD
    }

    /// @param setUp whether set-up is the present page, which says by itself that there is no engine
    /// @param starting whether it was told to start and that has not ended
    /// @param failure why it could not be started; absent if that was not tried or went well
    static NoticeModel of(
            Snapshot snapshot, boolean setUp, boolean starting, @Nullable String failure, Texts texts, Units units) {
        Kind kind = kind(snapshot, setUp, starting, failure);
        String cause = kind == Kind.FAILED ? failure : snapshot.problem();
        String since = snapshot.figures() == null
                ? ""
                : units.timeOfDay(snapshot.figures().takenAt());
        return new NoticeModel(
                kind, kind == Kind.NONE ? "" : texts.get("shell.notice." + kind, cause == null ? "" : cause, since));
    }

    private static Kind kind(Snapshot snapshot, boolean setUp, boolean starting, @Nullable String failure) {
        return switch (snapshot.connection()) {
            case ABSENT -> setUp ? Kind.NONE : Kind.ABSENT;
            case STOPPED ->
                starting
                        ? Kind.STARTING
                        : failure != null ? Kind.FAILED : firstStart(snapshot, setUp) ? Kind.NONE : Kind.STOPPED;
            case OFFLINE -> snapshot.figures() == null ? Kind.UNHEARD : Kind.SILENT;
            case CONNECTING, LIVE, STALE -> Kind.NONE;
        };
    }

    /// Set-up starts an engine for the first time itself.
    private static boolean firstStart(Snapshot snapshot, boolean setUp) {
        return setUp && snapshot.figures() == null;
    }

    /// Whether something can be done about it.
    boolean hasAction() {
        return kind != Kind.NONE && kind != Kind.STARTING;
    }
}
