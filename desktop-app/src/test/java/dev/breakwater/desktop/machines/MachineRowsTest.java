package dev.breakwater.desktop.machines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.desktop.door.Figures;
import dev.breakwater.desktop.fixture.SampleSite;
import dev.breakwater.desktop.preferences.Settings;
import java.util.ArrayList;
import java.util.List;
import javafx.collections.ListChangeListener;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MachineRowsTest {

    private final MachineRows rows = new MachineRows();

    private static List<MachineRow> of(Figures figures) {
        return MachinesModel.Rows.of(figures, Settings.USUAL_TEST_COUNTS).all();
    }

    @Test
    @DisplayName("newer rows of the same machines are updates, which the table's selection survives")
    void renewed() {
        rows.replace(of(SampleSite.figures(5)));
        List<String> heard = new ArrayList<>();
        rows.addListener((ListChangeListener<MachineRow>) change -> {
            while (change.next()) {
                heard.add(change.wasUpdated() + " " + change.getFrom() + "-" + change.getTo());
            }
        });
        List<MachineRow> newer = of(SampleSite.figures(5));

        assertThat(rows.areOf(newer)).isTrue();
        rows.renew(newer);

        assertThat(heard).containsExactly("true 0-5");
        assertThat(rows.get(3)).isSameAs(newer.get(3));
    }

    @Test
    @DisplayName("another machine, a machine less or another order are other rows")
    void others() {
        rows.replace(of(SampleSite.figures(5)));

        assertThat(rows.areOf(of(SampleSite.figures(4)))).isFalse();
        assertThat(rows.areOf(List.copyOf(rows.reversed()))).isFalse();
        rows.replace(of(SampleSite.figures(4)));
        assertThat(rows).hasSize(4);
    }
}
