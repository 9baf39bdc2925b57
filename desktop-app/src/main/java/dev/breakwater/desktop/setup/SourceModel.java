package dev.breakwater.desktop.setup;

import dev.breakwater.control.admin.ProcessServerView;
import dev.breakwater.desktop.door.Figures;
import java.util.List;
import java.util.Optional;

/// Where the machines come from.
///
/// @param kind which kind of source
/// @param commands what to run, a line each
record SourceModel(Kind kind, String commands) {

    static final String KIND = "source.kind";
    private static final String THIS_COMPUTER = "127.0.0.1";

    /// Kinds that are there today.
    enum Kind {
        /// Machines on which the mobility service is run by hand.
        MACHINES,
        /// The computer on which this console and the engine run.
        COMPUTER,
        /// A machine to try things on, which a command runs on this computer.
        PRACTICE
    }

    /// @param options which engine a command means, see [SetupPlace#options()]
    static SourceModel of(Figures figures, SetupDraft draft, String options) {
        Kind kind = kind(draft);
        return new SourceModel(
                kind,
                switch (kind) {
                    case MACHINES -> register(server(figures));
                    case COMPUTER ->
                        register(THIS_COMPUTER + ":" + figures.status().httpsPort());
                    case PRACTICE -> "breakwater practice" + options;
                });
    }

    static Kind kind(SetupDraft draft) {
        String word = draft.answer(KIND);
        return Optional.of(word)
                .filter(each -> !each.isEmpty())
                .flatMap(SourceModel::named)
                .orElse(Kind.MACHINES);
    }

    private static Optional<Kind> named(String word) {
        return List.of(Kind.values()).stream()
                .filter(kind -> kind.name().equals(word))
                .findFirst();
    }

    /// Where machines reach the configuration server: it runs where its first process server does.
    private static String server(Figures figures) {
        String host = figures.processServers().stream()
                .map(ProcessServerView::hosts)
                .flatMap(List::stream)
                .findFirst()
                .orElse("HOST");
        String written = host.contains(":") ? "[" + host + "]" : host;
        return written + ":" + figures.status().httpsPort();
    }

    private static String register(String server) {
        return "breakwater agent register --server " + server + " --passphrase-file passphrase\nbreakwater agent run";
    }
}
