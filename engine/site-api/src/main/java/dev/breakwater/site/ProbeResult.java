package dev.breakwater.site;

/// What came of a probe.
///
/// @param probe what was asked, in words
/// @param passed whether the machine gave the sign of life
/// @param answer what it answered (bounded), or why the probe did not pass
/// @param sinceStartMillis time from switching the machine on to the answer
public record ProbeResult(String probe, boolean passed, String answer, long sinceStartMillis) {}
