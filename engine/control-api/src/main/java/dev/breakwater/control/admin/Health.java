package dev.breakwater.control.admin;

import java.util.Comparator;
import java.util.stream.Stream;

/// How well something does, best first.
public enum Health {
    /// As it should be.
    NORMAL,
    /// Needs attention soon.
    WARNING,
    /// Needs attention now.
    CRITICAL;

    /// The worst of several; normal if there are none.
    public static Health worst(Stream<Health> several) {
        return several.max(Comparator.naturalOrder()).orElse(NORMAL);
    }
}
