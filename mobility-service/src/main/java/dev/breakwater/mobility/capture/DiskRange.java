package dev.breakwater.mobility.capture;

import dev.breakwater.model.ByteRange;
import dev.breakwater.model.DiskId;

/// A range of a disk.
///
/// @param disk which disk
/// @param range which bytes of it
public record DiskRange(DiskId disk, ByteRange range) {}
