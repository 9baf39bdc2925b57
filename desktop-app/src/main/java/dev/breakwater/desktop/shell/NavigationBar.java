package dev.breakwater.desktop.shell;

import dev.breakwater.desktop.parts.Marks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.image.ImageView;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// The list of sections at the left; collapsed it shows icons only. They are no toggle group: of such Tab reaches one,
/// and an arrow marks the next without opening it.
final class NavigationBar extends VBox {

    private static final double WIDE = 208;
    private static final double NARROW = 56;

    /// Twice the size it is shown in, for dense screens.
    private static final String ICON = "/dev/breakwater/desktop/icons/breakwater-48.png";

    private static final double ICON_SIZE = 24;

    private final List<ToggleButton> entries = new ArrayList<>();
    private final Map<String, String> titles = new HashMap<>();
    private final Label brand;

    NavigationBar(List<Section> sections, PageContext context, Runnable toggleCollapsed) {
        getStyleClass().add("navigation");
        brand = new Label(context.texts().get("shell.product"), icon());
        brand.getStyleClass().add("brand");
        getChildren().add(brand);
        for (Section section : sections) {
            if (section.listed()) {
                ToggleButton entry = entry(section, context);
                entries.add(entry);
                getChildren().add(entry);
            }
        }
        Region space = new Region();
        VBox.setVgrow(space, Priority.ALWAYS);
        Button collapse = new Button(null, Marks.icon(Feather.SIDEBAR, "tone-muted"));
        collapse.getStyleClass().addAll("flat", "collapse");
        collapse.setAccessibleText(context.texts().get("shell.collapse"));
        collapse.setTooltip(new Tooltip(context.texts().get("shell.collapse")));
        collapse.setOnAction(event -> toggleCollapsed.run());
        getChildren().addAll(space, collapse);
    }

    private static ImageView icon() {
        ImageView icon = new ImageView(Objects.requireNonNull(NavigationBar.class.getResource(ICON), ICON)
                .toExternalForm());
        icon.setFitWidth(ICON_SIZE);
        icon.setFitHeight(ICON_SIZE);
        icon.setSmooth(true);
        return icon;
    }

    private ToggleButton entry(Section section, PageContext context) {
        String title = context.texts().get(section.title());
        ToggleButton entry = new ToggleButton(title, Marks.icon(section.icon(), "tone-inherit"));
        titles.put(section.page(), title);
        entry.setId("section-" + section.page());
        entry.getStyleClass().add("entry");
        entry.setAccessibleText(title);
        entry.setMaxWidth(Double.MAX_VALUE);
        entry.setUserData(section.page());
        entry.setOnAction(event -> {
            entry.setSelected(true);
            context.navigator().go(PageAddress.of(section.page()));
        });
        return entry;
    }

    /// Marks the section of a page.
    void select(String page) {
        entries.forEach(entry -> entry.setSelected(page.equals(entry.getUserData())));
    }

    /// Shows some characters behind a section's name; none if empty.
    void badge(String page, String characters) {
        for (ToggleButton entry : entries) {
            if (page.equals(entry.getUserData())) {
                entry.setText(characters.isEmpty() ? titles.get(page) : titles.get(page) + "  " + characters);
                entry.setAccessibleText(entry.getText());
            }
        }
    }

    void collapse(boolean collapsed) {
        double width = collapsed ? NARROW : WIDE;
        setMinWidth(width);
        setPrefWidth(width);
        setMaxWidth(width);
        ContentDisplay display = collapsed ? ContentDisplay.GRAPHIC_ONLY : ContentDisplay.LEFT;
        brand.setContentDisplay(display);
        for (ToggleButton entry : entries) {
            entry.setContentDisplay(display);
            entry.setTooltip(collapsed ? new Tooltip(entry.getText()) : null);
        }
    }
}
