package dev.breakwater.recovery;

/// Hears of a flow's steps while it runs, to show progress. Called on the flow's thread; must not block.
@FunctionalInterface
public interface FlowListener {

    /// A listener that does not care.
    FlowListener NONE = (_, _) -> {};

    /// A step begins or ended.
    ///
    /// @param entry the line that has just become durable
    /// @param text the same in words for people
    void step(FlowEntry entry, String text);
}
