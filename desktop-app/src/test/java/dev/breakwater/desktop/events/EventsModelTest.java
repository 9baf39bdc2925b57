package dev.breakwater.desktop.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.control.admin.Event;
import dev.breakwater.control.admin.EventKind;
import dev.breakwater.control.admin.Health;
import dev.breakwater.desktop.fixture.SampleSite;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EventsModelTest {

    private static Told event(long number, Health severity) {
        return new Told(
                Event.of(
                                SampleSite.NOW,
                                severity,
                                EventKind.MACHINE_REMOVED,
                                SampleSite.machine((int) number).id(),
                                null,
                                "The machine was removed.",
                                "web-" + number)
                        .numbered(number, SampleSite.NOW),
                "Se ha quitado la máquina " + number + ".");
    }

    @Test
    @DisplayName("an engine that has told of no event yet is asked for its first")
    void first() {
        assertThat(EventsModel.last(List.of())).isZero();
        assertThat(EventsModel.last(List.of(event(9, Health.NORMAL), event(8, Health.NORMAL))))
                .isEqualTo(9);
    }

    @Test
    @DisplayName("severity and words narrow the list by what is shown; the counts are those of the words")
    void filter() {
        List<Told> read = List.of(event(2, Health.NORMAL), event(1, Health.WARNING), event(0, Health.NORMAL));
        EventsModel model = EventsModel.of(read, List.of(SampleSite.machine(1)), "warning", "QUITADO LA MÁQUINA");
        assertThat(model.shown()).singleElement().satisfies(row -> {
            assertThat(row.event().number()).isEqualTo(1);
            assertThat(row.machine()).isEqualTo(SampleSite.machine(1).name());
        });
        assertThat(model.counts()).containsEntry(Health.NORMAL, 2).containsEntry(Health.CRITICAL, 0);
        assertThat(model.all()).isEqualTo(3);
        assertThat(EventsModel.of(read, List.of(), "", "removed").shown())
                .as("the engine's English text, which nobody sees")
                .isEmpty();
        assertThat(EventsModel.of(read, List.of(), "", "").shown())
                .extracting(EventsModel.Row::machine)
                .containsOnly("");
    }

    @Test
    @DisplayName("newer events come first and never twice; older ones follow; their number is bounded")
    void reading() {
        List<Told> read = EventsModel.withOlder(List.of(), List.of(event(5, Health.NORMAL), event(4, Health.NORMAL)));
        List<Told> newer = EventsModel.withNewer(
                read, List.of(event(5, Health.NORMAL), event(6, Health.NORMAL), event(7, Health.NORMAL)));
        assertThat(EventsModel.withOlder(newer, List.of(event(3, Health.NORMAL))))
                .extracting(told -> told.event().number())
                .containsExactly(7L, 6L, 5L, 4L, 3L);
        List<Told> many = LongStream.range(0, EventsModel.MOST + 9)
                .mapToObj(number -> event(number, Health.NORMAL))
                .toList();
        assertThat(EventsModel.withNewer(List.of(), many)).hasSize(EventsModel.MOST);
        assertThat(EventsModel.withNewer(List.of(), many).getFirst().event().number())
                .isEqualTo(EventsModel.MOST + 8);
    }
}
