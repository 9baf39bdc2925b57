package dev.breakwater.desktop.machines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.desktop.preferences.Settings;
import dev.breakwater.desktop.shell.PageAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.prefs.Preferences;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ViewsModelTest {

    private static final String CRITICAL = "breakwater://machines?health=critical&columns=name%2Crpo&sort=-rpo";
    private static final PageAddress PRESENT =
            PageAddress.parse("breakwater://machines?columns=name&text=sql").orElseThrow();

    @Test
    @DisplayName("saved views outlive the console, are replaced by name, and deleted")
    void kept() throws Exception {
        Preferences store = Preferences.userRoot().node("dev/breakwater/test-" + UUID.randomUUID());
        try {
            new Settings(store).saveView("My critical", CRITICAL);
            new Settings(store).saveView("naïve / älter", PRESENT.toString());
            assertThat(new Settings(store).views())
                    .containsOnly(Map.entry("My critical", CRITICAL), Map.entry("naïve / älter", PRESENT.toString()));
            new Settings(store).saveView("My critical", PRESENT.toString());
            assertThat(new Settings(store).views()).containsEntry("My critical", PRESENT.toString());
            new Settings(store).deleteView("My critical");
            new Settings(store).deleteView("My critical");
            assertThat(new Settings(store).views()).containsOnlyKeys("naïve / älter");
        } finally {
            store.removeNode();
        }
    }

    @Test
    @DisplayName("views are offered by alphabet; what was kept and is no view of the machines is not offered")
    void names() {
        ViewsModel views = new ViewsModel(
                Map.of("b", CRITICAL, "A", CRITICAL, "c", "breakwater://jobs", "d", "nonsense"), PRESENT);
        assertThat(views.names()).containsExactly("A", "b");
        assertThat(views.address("c")).isEmpty();
        assertThat(views.address("nobody")).isEmpty();
    }

    @Test
    @DisplayName(
            "a view is shown while filter, columns and order are its own, in whatever order its address names them")
    void shown() {
        Map<String, String> saved = Map.of("mine", "breakwater://machines?text=sql&columns=name");
        assertThat(new ViewsModel(saved, PRESENT).shown()).contains("mine");
        assertThat(new ViewsModel(saved, PRESENT.with("sort", "rpo")).shown()).isEmpty();
    }

    @Test
    @DisplayName("a view needs a name that a menu can show, a free place, and an address that can be read again")
    void problems() {
        Map<String, String> full = new HashMap<>();
        for (int i = 0; i < ViewsModel.MOST; i++) {
            full.put("view " + i, CRITICAL);
        }
        ViewsModel views = new ViewsModel(full, PRESENT);
        assertThat(views.problem(" ")).contains(ViewsModel.Problem.UNNAMED);
        assertThat(views.problem("x".repeat(41))).contains(ViewsModel.Problem.LONG_NAME);
        assertThat(views.problem("another")).contains(ViewsModel.Problem.FULL);
        assertThat(views.problem("view 3")).isEmpty();
        assertThat(views.replaces("view 3")).isTrue();
        ViewsModel wordy = new ViewsModel(Map.of(), PRESENT.with("text", "ñ".repeat(400)));
        assertThat(wordy.problem("wordy")).contains(ViewsModel.Problem.LONG_FILTER);
        assertThat(new ViewsModel(Map.of(), PRESENT).problem("x".repeat(40))).isEmpty();
    }
}
