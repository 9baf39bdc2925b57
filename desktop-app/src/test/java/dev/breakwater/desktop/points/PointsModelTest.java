package dev.breakwater.desktop.points;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.desktop.fixture.SamplePoints;
import dev.breakwater.desktop.fixture.SampleSite;
import dev.breakwater.desktop.points.PointsModel.Move;
import dev.breakwater.desktop.points.PointsModel.Range;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.model.PointType;
import dev.breakwater.model.RecoveryPoint;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PointsModelTest {

    private final List<RecoveryPoint> points =
            SamplePoints.of(SampleSite.machine(0).id(), 200);
    private final PointsModel day = PointsModel.of(points, Range.DAY, SampleSite.NOW, null);

    @Test
    @DisplayName("a stretch shows its points only, and the newest is chosen")
    void range() {
        assertThat(day.shown()).hasSize(48);
        assertThat(day.point()).isEqualTo(points.getLast());
        assertThat(PointsModel.of(points, Range.THREE_DAYS, SampleSite.NOW, null)
                        .shown())
                .hasSize(144);
    }

    @Test
    @DisplayName("the choice survives another stretch if it is shown there")
    void keeps() {
        RecoveryPoint old = points.get(190);
        assertThat(PointsModel.of(points, Range.DAY, SampleSite.NOW, old.id()).point())
                .isEqualTo(old);
        assertThat(PointsModel.of(
                                points,
                                Range.DAY,
                                SampleSite.NOW,
                                points.getFirst().id())
                        .point())
                .isEqualTo(points.getLast());
    }

    @Test
    @DisplayName("whoever looks at the newest point looks at the newer one when there is one; another choice stays")
    void renewed() {
        PointsModel before = PointsModel.NONE.renewed(points.subList(0, 199), SampleSite.NOW);
        assertThat(before.point()).isEqualTo(points.get(198));
        assertThat(before.renewed(points, SampleSite.NOW).point()).isEqualTo(points.getLast());
        assertThat(before.moved(Move.PREVIOUS).renewed(points, SampleSite.NOW).point())
                .isEqualTo(points.get(197));
    }

    @Test
    @DisplayName("a choice that becomes older than the stretch stays: the stretch grows")
    void grown() {
        PointsModel oldest = day.moved(Move.FIRST);
        PointsModel later = oldest.renewed(points, SampleSite.NOW.plus(Duration.ofHours(1)));
        assertThat(later.point()).isEqualTo(oldest.point());
        assertThat(later.range()).isGreaterThan(day.range());
    }

    @Test
    @DisplayName("arrows go point by point and stop at the ends, Home and End lead there")
    void moves() {
        assertThat(day.moved(Move.NEXT)).isSameAs(day);
        assertThat(day.moved(Move.PREVIOUS).point()).isEqualTo(points.get(198));
        PointsModel first = day.moved(Move.FIRST);
        assertThat(first.chosen()).isZero();
        assertThat(first.moved(Move.PREVIOUS)).isSameAs(first);
        assertThat(first.moved(Move.LAST).point()).isEqualTo(points.getLast());
    }

    @Test
    @DisplayName("Ctrl and arrows go from one application-consistent point to the next and stay if there is none")
    void applicationConsistent() {
        PointsModel application = day.moved(Move.PREVIOUS_APPLICATION);
        assertThat(application.point()).isEqualTo(points.get(192));
        assertThat(application.moved(Move.PREVIOUS_APPLICATION).point())
                .extracting(RecoveryPoint::type)
                .isEqualTo(PointType.APPLICATION_CONSISTENT);
        assertThat(application.moved(Move.NEXT_APPLICATION)).isSameAs(application);
    }

    @Test
    @DisplayName("without points nothing is chosen and nothing moves")
    void empty() {
        PointsModel none = PointsModel.of(List.of(), Range.DAY, SampleSite.NOW, null);
        assertThat(none.point()).isNull();
        for (Move move : Move.values()) {
            assertThat(none.moved(move)).isSameAs(none);
        }
        assertThat(none.nearest(0.5)).isEqualTo(-1);
    }

    @Test
    @DisplayName("the smallest stretch that holds a point is the one it is shown in")
    void smallestRange() {
        assertThat(PointsModel.rangeFor(SampleSite.NOW.minus(Duration.ofHours(23)), SampleSite.NOW))
                .isEqualTo(Range.DAY);
        assertThat(PointsModel.rangeFor(SampleSite.NOW.minus(Duration.ofHours(25)), SampleSite.NOW))
                .isEqualTo(Range.THREE_DAYS);
        assertThat(PointsModel.rangeFor(SampleSite.NOW.minus(Duration.ofDays(40)), SampleSite.NOW))
                .isEqualTo(Range.FIFTEEN_DAYS);
    }

    @Test
    @DisplayName("a point is spoken of by kind and age, in both languages")
    void words() {
        RecoveryPoint point = points.get(192);
        var at = point.time().plus(Duration.ofHours(4));
        assertThat(new PointWords(new Texts(Locale.ENGLISH)).say(point, at))
                .isEqualTo("Application-consistent point, 4.0 hours ago");
        assertThat(new PointWords(new Texts(Locale.of("es"))).say(point, at))
                .isEqualTo("Punto coherente con las aplicaciones, hace 4,0 horas");
        assertThat(new PointWords(new Texts(Locale.ENGLISH))
                        .age(point, point.time().minusSeconds(5)))
                .isEqualTo("less than a minute ago");
    }
}
