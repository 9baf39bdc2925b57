package dev.breakwater.desktop.setup;

import java.util.List;
import java.util.function.Function;

/// All steps in their order. A step more is a class and a line here.
final class Steps {

    /// A kind of step.
    ///
    /// @param word its name in keys of texts and answers
    /// @param make makes it when it is first opened
    record Kind(String word, Function<SetupDesk, Step> make) {}

    static final List<Kind> ALL = List.of(
            new Kind("vault", VaultStep::new),
            new Kind("source", SourceStep::new),
            new Kind("target", TargetStep::new),
            new Kind("server", ServerStep::new),
            new Kind("policy", PolicyStep::new),
            new Kind("protect", ProtectStep::new),
            new Kind("review", ReviewStep::new),
            new Kind("test", TestStep::new));

    static final List<String> WORDS = ALL.stream().map(Kind::word).toList();

    private Steps() {}
}
