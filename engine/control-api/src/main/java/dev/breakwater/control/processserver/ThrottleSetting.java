package dev.breakwater.control.processserver;

import dev.breakwater.control.Field;
import dev.breakwater.model.BandwidthSchedule;
import java.time.DateTimeException;
import java.time.ZoneId;

/// When and how far a process server limits what its machines send.
///
/// @param schedule rules as [BandwidthSchedule] reads them
/// @param zone time zone whose clock the rules mean, for example `Europe/Berlin`
public record ThrottleSetting(String schedule, String zone) {

    public ThrottleSetting {
        Field.text(schedule, "schedule", 1000);
        Field.text(zone, "zone", 100);
        var _ = parse(schedule, zone);
    }

    /// The rules.
    public BandwidthSchedule parsed() {
        return parse(schedule, zone);
    }

    private static BandwidthSchedule parse(String schedule, String zone) {
        ZoneId parsed;
        try {
            parsed = ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "\"" + zone + "\" is no time zone. Write one like Europe/Berlin, America/New_York or UTC.", e);
        }
        return BandwidthSchedule.parse(schedule, parsed);
    }
}
