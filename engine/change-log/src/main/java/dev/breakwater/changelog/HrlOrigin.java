package dev.breakwater.changelog;

import java.util.UUID;

/// What a log of ours says of itself in the header's reserved bytes; logs of others do not have it.
///
/// @param disk identity of the disk whose writes it holds
/// @param diskBytes capacity of that disk
/// @param incarnation the unbroken stretch of change tracking that it belongs to
/// @param generation number of the change set in that stretch
/// @param point the recovery point that the end of the log is, or all zeros if it ends between points
public record HrlOrigin(UUID disk, long diskBytes, UUID incarnation, long generation, UUID point) {

    /// The identity that stands for "none".
    public static final UUID NONE = new UUID(0, 0);

    public HrlOrigin {
        if (diskBytes <= 0 || generation < 0) {
            throw new IllegalArgumentException("impossible: disk of " + diskBytes + " bytes, generation " + generation);
        }
    }
}
