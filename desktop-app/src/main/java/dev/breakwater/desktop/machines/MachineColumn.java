package dev.breakwater.desktop.machines;

import dev.breakwater.control.admin.LastTest;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.desktop.texts.Units;
import java.util.Comparator;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A column of the table: what it says, how it sorts, whether it is there from the start.
@SuppressWarnings("ImmutableEnumChecker") // its comparators have no state
enum MachineColumn {
    HEALTH(true, 120, by(MachineRow::health)),
    NAME(true, 168, by(row -> row.machine().name())),
    STATE(true, 176, by(MachineRow::state)),
    RPO(true, 112, by(row -> row.machine().rpoSeconds())),
    POLICY_RPO(true, 112, by(MachineRow::policyRpo)),
    PROGRESS(true, 104, by(MachineRow::progress)),
    NEXT_ACTION(true, 200, by(MachineRow::nextAction)),
    LAST_TEST(true, 176, by(row -> row.lastTestedAt())),
    READINESS(false, 176, by(MachineRow::readiness)),
    POLICY(false, 112, by(row -> row.machine().policy())),
    PROCESS_SERVER(false, 144, by(row -> row.machine().processServerName())),
    RATE(false, 112, by(MachineRow::rate)),
    DISKS(false, 80, by(row -> row.machine().disks().size())),
    OPERATING_SYSTEM(false, 200, by(MachineRow::operatingSystem)),
    AGENT(false, 112, by(MachineRow::agentVersion)),
    HEARD(false, 176, by(row -> row.machine().lastHeartbeat()));

    private final boolean usual;
    private final double width;
    private final Order order;

    MachineColumn(boolean usual, double width, Order order) {
        this.usual = usual;
        this.width = width;
        this.order = order;
    }

    /// Whether it is shown unless the user chose otherwise.
    boolean usual() {
        return usual;
    }

    /// Its width at first, pixels.
    double width() {
        return width;
    }

    /// Its order; what is not known comes last.
    Comparator<MachineRow> order(boolean descending) {
        return descending ? order.falling() : order.rising();
    }

    /// Its word in addresses.
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// What it says of a machine.
    String text(MachineRow row, Texts texts, Units units) {
        return switch (this) {
            case HEALTH -> texts.of("estate.health", row.health());
            case NAME -> row.machine().name();
            case STATE -> texts.of("machines.state", row.state());
            case RPO -> units.duration(row.rpo());
            case POLICY_RPO -> units.duration(row.policyRpo());
            case PROGRESS -> row.progress() == null ? "" : units.percent(row.progress());
            case NEXT_ACTION -> texts.of("estate.next", row.nextAction());
            case LAST_TEST -> row.isProtected() ? lastTest(row, texts, units) : "";
            case READINESS -> row.readiness() == null ? "" : texts.of("estate.readiness", row.readiness());
            case POLICY -> or(row.machine().policy());
            case PROCESS_SERVER -> or(row.machine().processServerName());
            case RATE -> units.rate(row.rate());
            case DISKS -> units.count(row.machine().disks().size());
            case OPERATING_SYSTEM -> or(row.operatingSystem());
            case AGENT -> or(row.agentVersion());
            case HEARD -> units.moment(row.machine().lastHeartbeat());
        };
    }

    private static String lastTest(MachineRow row, Texts texts, Units units) {
        LastTest test = row.machine().lastTest();
        return test == null
                ? texts.get("machines.test.never")
                : texts.get(
                        test.succeeded() ? "machines.test.succeeded" : "machines.test.failed",
                        units.day(test.testedAt()));
    }

    private static String or(@Nullable String known) {
        return known == null ? Units.UNKNOWN : known;
    }

    private static <T extends Comparable<? super T>> Order by(Function<MachineRow, @Nullable T> key) {
        return new Order(
                Comparator.comparing(key, Comparator.nullsLast(Comparator.naturalOrder())),
                Comparator.comparing(key, Comparator.nullsLast(Comparator.reverseOrder())));
    }

    /// Both directions: what is not known is last in either.
    private record Order(Comparator<MachineRow> rising, Comparator<MachineRow> falling) {}
}
