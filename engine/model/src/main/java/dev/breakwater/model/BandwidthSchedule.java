package dev.breakwater.model;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/// Limits of bandwidth by day of the week and time of day, in a time zone that is always named. Outside of all rules
/// there is no limit; where rules overlap the smallest counts.
///
/// As text: rules separated by semicolons, each `DAYS HH:MM-HH:MM RATE`, for example
/// `Mo-Fr 08:00-18:00 20MB/s; Sa,Su 10:00-14:00 400Mbit/s`. A rule whose end is not after its start goes on into the
/// next day.
///
/// @param rules at least one
/// @param zone whose clock the times are read on
public record BandwidthSchedule(List<Rule> rules, ZoneId zone) {

    /// More than one per hour of a day helps nobody, and it bounds what is looked through.
    private static final int MAX_RULES = 24;

    private static final int MAX_TEXT = 1000;

    /// Below it a machine would wait for minutes for each megabyte: the least that Azure Site Recovery offers, too.
    private static final long MIN_BYTES_PER_SECOND = 64_000;

    /// Above it there is no line to protect.
    private static final long MAX_BYTES_PER_SECOND = 100_000_000_000L;

    private static final int MINUTES_OF_DAY = 24 * 60;

    private static final List<String> DAYS = List.of("mo", "tu", "we", "th", "fr", "sa", "su");

    private static final Pattern RULE =
            Pattern.compile("(\\S+) (\\d\\d?):(\\d\\d)-(\\d\\d?):(\\d\\d) (\\d{1,12}) ?([A-Za-z]+)/s");

    private static final Map<String, Double> UNITS = Map.of(
            "kb",
            1e3,
            "mb",
            1e6,
            "gb",
            1e9,
            "kib",
            1024.0,
            "mib",
            1048576.0,
            "gib",
            1073741824.0,
            "kbit",
            125.0,
            "mbit",
            125e3,
            "gbit",
            125e6);

    public BandwidthSchedule {
        rules = List.copyOf(rules);
        if (rules.isEmpty() || rules.size() > MAX_RULES) {
            throw new IllegalArgumentException(
                    "A schedule has 1 to " + MAX_RULES + " rules, but this one has " + rules.size() + ".");
        }
    }

    /// A limit at certain times.
    ///
    /// @param days on which it begins
    /// @param fromMinute of the day, 0 to 1439
    /// @param toMinute of the day, exclusive, 1 to 1440; not after the start means on the next day
    /// @param bytesPerSecond the limit
    public record Rule(Set<DayOfWeek> days, int fromMinute, int toMinute, long bytesPerSecond) {

        public Rule {
            days = Set.copyOf(days);
            if (fromMinute < 0 || fromMinute >= MINUTES_OF_DAY || toMinute < 1 || toMinute > MINUTES_OF_DAY) {
                throw new IllegalArgumentException("A rule's times lie between 00:00 and 24:00.");
            }
            if (bytesPerSecond < MIN_BYTES_PER_SECOND || bytesPerSecond > MAX_BYTES_PER_SECOND) {
                throw new IllegalArgumentException("A limit lies between 64 kB/s and 100 GB/s.");
            }
        }

        private boolean overnight() {
            return toMinute <= fromMinute;
        }

        private boolean covers(DayOfWeek day, int minute) {
            return overnight()
                    ? (days.contains(day) && minute >= fromMinute) || (days.contains(day.minus(1)) && minute < toMinute)
                    : days.contains(day) && minute >= fromMinute && minute < toMinute;
        }
    }

    /// Reads a schedule.
    ///
    /// @throws IllegalArgumentException with words for a person if the text cannot be understood
    public static BandwidthSchedule parse(String text, ZoneId zone) {
        if (text.length() > MAX_TEXT) {
            throw new IllegalArgumentException("A schedule has no more than " + MAX_TEXT + " characters.");
        }
        List<Rule> rules = new ArrayList<>();
        for (String rule : text.split(";", MAX_RULES + 1)) {
            rules.add(rule(rule.strip().replaceAll("\\s+", " ")));
        }
        return new BandwidthSchedule(rules, zone);
    }

    private static Rule rule(String text) {
        Matcher parts = RULE.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("\"" + text
                    + "\" is no rule. Write days, times and a limit, for example: Mo-Fr 08:00-18:00 20MB/s");
        }
        Double unit = UNITS.get(parts.group(7).toLowerCase(Locale.ROOT));
        if (unit == null) {
            throw new IllegalArgumentException(
                    "\"" + parts.group(7) + "\" is no unit. Write kB, MB, GB, KiB, MiB, GiB, kbit, Mbit or Gbit.");
        }
        return new Rule(
                days(parts.group(1)),
                minute(parts.group(2), parts.group(3)),
                minute(parts.group(4), parts.group(5)),
                (long) (Long.parseLong(parts.group(6)) * unit));
    }

    private static int minute(String hours, String minutes) {
        int hour = Integer.parseInt(hours);
        int minute = Integer.parseInt(minutes);
        if (minute > 59 || hour * 60 + minute > MINUTES_OF_DAY) {
            throw new IllegalArgumentException("\"" + hours + ":" + minutes + "\" is no time of day.");
        }
        return hour * 60 + minute;
    }

    private static Set<DayOfWeek> days(String text) {
        if (text.equalsIgnoreCase("daily")) {
            return EnumSet.allOf(DayOfWeek.class);
        }
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String part : text.split(",", -1)) {
            List<DayOfWeek> ends = Arrays.stream(part.split("-", -1))
                    .map(BandwidthSchedule::day)
                    .toList();
            if (ends.size() > 2) {
                throw new IllegalArgumentException("\"" + part + "\" is no range of days.");
            }
            DayOfWeek day = ends.getFirst();
            days.add(day);
            while (day != ends.getLast()) {
                day = day.plus(1);
                days.add(day);
            }
        }
        return days;
    }

    private static DayOfWeek day(String text) {
        int index = DAYS.indexOf(text.toLowerCase(Locale.ROOT));
        if (index < 0) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no day. Write Mo, Tu, We, Th, Fr, Sa, Su or daily.");
        }
        return DayOfWeek.of(index + 1);
    }

    /// The limit at that time, bytes per second; empty if there is none.
    public OptionalLong limitAt(Instant time) {
        ZonedDateTime local = time.atZone(zone);
        int minute = local.getHour() * 60 + local.getMinute();
        return rules.stream()
                .filter(rule -> rule.covers(local.getDayOfWeek(), minute))
                .mapToLong(Rule::bytesPerSecond)
                .min();
    }

    /// When the limit is another one than at that time; empty if it never changes.
    public Optional<Instant> changeAfter(Instant time) {
        OptionalLong now = limitAt(time);
        LocalDate today = time.atZone(zone).toLocalDate();
        // Whatever changes within a week changes within eight days of today.
        return LongStream.rangeClosed(0, 8)
                .mapToObj(today::plusDays)
                .flatMap(date -> rules.stream()
                        .flatMap(rule -> List.of(at(date, rule.fromMinute()), at(date, rule.toMinute())).stream()))
                .filter(boundary -> boundary.isAfter(time))
                .sorted()
                .filter(boundary -> !limitAt(boundary).equals(now))
                .findFirst();
    }

    private Instant at(LocalDate date, int minuteOfDay) {
        return date.plusDays(minuteOfDay / MINUTES_OF_DAY)
                .atTime(LocalTime.ofSecondOfDay(minuteOfDay % MINUTES_OF_DAY * 60L))
                .atZone(zone)
                .toInstant();
    }
}
