package dev.breakwater.launcher.bench;

import java.util.List;

/// What `bench delta` measured.
///
/// @param disk the disk
/// @param unprotected the application alone, one entry per turn
/// @param protectedBy the application while its disk was protected, one entry per turn
/// @param points recovery points that were taken meanwhile
/// @param figures each beside its ceiling
/// @param reached whether every figure keeps its ceiling
/// @param processors processors of this computer
/// @param java version of the JVM
record DeltaFigures(
        String disk,
        List<Application> unprotected,
        List<Application> protectedBy,
        int points,
        List<Figure> figures,
        boolean reached,
        int processors,
        String java) {

    /// A figure beside its ceiling, or its floor.
    ///
    /// @param name what, with its unit
    /// @param ours what was measured
    /// @param bound what it must keep
    /// @param least whether the bound is the least, else the most
    /// @param ratio ours divided by the bound
    record Figure(String name, double ours, double bound, boolean least, double ratio) {

        static Figure atMost(String name, double ours, double bound) {
            return new Figure(name, ours, bound, false, ours / bound);
        }

        static Figure atLeast(String name, double ours, double bound) {
            return new Figure(name, ours, bound, true, ours / bound);
        }

        boolean kept() {
            return least ? ours >= bound : ours <= bound;
        }
    }
}
