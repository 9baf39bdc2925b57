package dev.breakwater.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BandwidthScheduleTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        // 2026-11-23 is a Monday.
        "2026-11-23T07:59, -1",
        "2026-11-23T08:00, 20000000",
        "2026-11-23T17:59, 20000000",
        "2026-11-23T18:00, -1",
        "2026-11-27T12:30, 1000000",
        "2026-11-27T23:30, 50000000",
        "2026-11-28T05:59, 50000000",
        "2026-11-28T06:00, -1",
        "2026-11-29T12:00, -1"
    })
    @DisplayName("the smallest limit of the rules that cover the time counts, past midnight too, and none outside")
    void limits(String local, long expected) {
        BandwidthSchedule schedule = BandwidthSchedule.parse(
                "Mo-Fr 08:00-18:00 20MB/s; fr 12:00-13:00 8Mbit/s; Fr 22:00-06:00 50MB/s", BERLIN);
        OptionalLong limit = schedule.limitAt(at(local));
        assertThat(limit.orElse(-1)).isEqualTo(expected);
    }

    @Test
    @DisplayName("the next change is that of the limit, not of a rule, and the clock of the zone is what counts")
    void changes() {
        BandwidthSchedule schedule =
                BandwidthSchedule.parse("Mo-Fr 08:00-18:00 20MB/s; Mo-Fr 18:00-20:00 20MB/s", BERLIN);
        assertThat(schedule.changeAfter(at("2026-11-23T09:00"))).contains(at("2026-11-23T20:00"));
        assertThat(schedule.changeAfter(at("2026-11-27T21:00"))).contains(at("2026-11-30T08:00"));
        // The night in which clocks go back: 08:00 comes an hour later in the time of the world.
        assertThat(at("2026-10-26T08:00")).isEqualTo(Instant.parse("2026-10-26T07:00:00Z"));
        assertThat(schedule.changeAfter(at("2026-10-25T02:30"))).contains(Instant.parse("2026-10-26T07:00:00Z"));
        assertThat(BandwidthSchedule.parse("daily 00:00-24:00 1GB/s", BERLIN).changeAfter(at("2026-11-23T09:00")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";",
                "Mo-Fr 08:00-18:00",
                "Mo-Fr 8-18 20MB/s",
                "Xx 08:00-18:00 20MB/s",
                "Mo-We-Fr 08:00-18:00 20MB/s",
                "Mo 25:00-26:00 20MB/s",
                "Mo 08:00-18:00 1kB/s",
                "Mo 08:00-18:00 20 parsecs/s",
                "Mo 08:00-18:00 999999999999GB/s"
            })
    @DisplayName("what is no schedule is refused in words")
    void refusals(String text) {
        assertThatThrownBy(() -> BandwidthSchedule.parse(text, BERLIN))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isNotBlank();
    }

    @Test
    @DisplayName("a text without end is refused before it is looked through")
    void bounds() {
        assertThatThrownBy(() -> BandwidthSchedule.parse("Mo 08:00-18:00 20MB/s;".repeat(1000), BERLIN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Instant at(String local) {
        return ZonedDateTime.of(java.time.LocalDateTime.parse(local), BERLIN).toInstant();
    }
}
