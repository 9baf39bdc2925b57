package dev.breakwater.desktop.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.control.admin.Event;
import dev.breakwater.control.admin.Health;
import dev.breakwater.desktop.fixture.SampleSite;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EventsModelTest {

    private static Event event(long number, Health severity) {
        return new Event(
                number,
                SampleSite.NOW,
                severity,
                "point-durable",
                SampleSite.machine((int) number).id(),
                null,
                "Point " + number + " is durable.");
    }

    @Test
    @DisplayName("an engine that has told of no event yet is asked for its first")
    void first() {
        assertThat(EventsModel.last(List.of())).isZero();
        assertThat(EventsModel.last(SampleSite.events(3)))
                .isEqualTo(SampleSite.events(3).getFirst().number());
    }

    @Test
    @DisplayName("severity and words narrow the list; the counts are those of the words")
    void filter() {
        List<Event> read = List.of(event(2, Health.NORMAL), event(1, Health.WARNING), event(0, Health.NORMAL));
        EventsModel model = EventsModel.of(read, List.of(SampleSite.machine(1)), "warning", "DURABLE");
        assertThat(model.shown()).singleElement().satisfies(row -> {
            assertThat(row.event().number()).isEqualTo(1);
            assertThat(row.machine()).isEqualTo(SampleSite.machine(1).name());
        });
        assertThat(model.counts()).containsEntry(Health.NORMAL, 2).containsEntry(Health.CRITICAL, 0);
        assertThat(model.all()).isEqualTo(3);
        assertThat(EventsModel.of(read, List.of(), "", "").shown())
                .extracting(EventsModel.Row::machine)
                .containsOnly("");
    }

    @Test
    @DisplayName("newer events come first and never twice; older ones follow; their number is bounded")
    void reading() {
        List<Event> read = EventsModel.withOlder(List.of(), List.of(event(5, Health.NORMAL), event(4, Health.NORMAL)));
        List<Event> newer = EventsModel.withNewer(
                read, List.of(event(5, Health.NORMAL), event(6, Health.NORMAL), event(7, Health.NORMAL)));
        assertThat(EventsModel.withOlder(newer, List.of(event(3, Health.NORMAL))))
                .extracting(Event::number)
                .containsExactly(7L, 6L, 5L, 4L, 3L);
        List<Event> many = LongStream.range(0, EventsModel.MOST + 9)
                .mapToObj(number -> event(number, Health.NORMAL))
                .toList();
        assertThat(EventsModel.withNewer(List.of(), many)).hasSize(EventsModel.MOST);
        assertThat(EventsModel.withNewer(List.of(), many).getFirst().number()).isEqualTo(EventsModel.MOST + 8);
    }
}
