package dev.breakwater.desktop.machines;

import dev.breakwater.desktop.parts.Marks;
import dev.breakwater.desktop.shell.PageAddress;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Texts;
import java.util.List;
import java.util.function.Supplier;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import org.kordamp.ikonli.feather.Feather;

/// How the table is looked at: saved views, which columns, in what order. All of it by the keyboard too, which reaches
/// neither a table's head nor its own menu.
final class ViewMenu extends MenuButton {

    private final PageContext context;
    private final Texts texts;
    private final MachineTable table;
    private final Supplier<PageAddress> present;
    private final Runnable columnsChosen;
    private String opened = "";

    /// A menu.
    ///
    /// @param present what the table shows: filter, columns and order
    /// @param columnsChosen is told when the user has chosen other columns
    ViewMenu(PageContext context, MachineTable table, Supplier<PageAddress> present, Runnable columnsChosen) {
        super(context.texts().get("machines.view"), Marks.icon(Feather.BOOKMARK, "tone-default"));
        this.context = context;
        this.texts = context.texts();
        this.table = table;
        this.present = present;
        this.columnsChosen = columnsChosen;
        setId("view-menu");
        setMinWidth(USE_PREF_SIZE);
        setOnShowing(event -> fill());
        fill();
    }

    private ViewsModel model() {
        return new ViewsModel(context.settings().views(), present.get());
    }

    private void fill() {
        ViewsModel views = model();
        String shown = views.shown().orElse("");
        List<String> names = views.names();
        getItems().clear();
        for (String name : names) {
            CheckMenuItem item = new CheckMenuItem(name);
            item.setMnemonicParsing(false);
            item.setSelected(name.equals(shown));
            item.setOnAction(event -> open(views, name));
            getItems().add(item);
        }
        // Nothing that cannot be chosen stands first: the keyboard would begin with it.
        if (!names.isEmpty()) {
            getItems().add(new SeparatorMenuItem());
        }
        MenuItem save = new MenuItem(texts.get("machines.view.save"));
        save.setId("view-save");
        save.setOnAction(event -> ViewDialog.open(context, model(), shown.isEmpty() ? opened : shown));
        getItems().add(save);
        if (!names.isEmpty()) {
            getItems().add(deletion(names));
        }
        getItems().addAll(new SeparatorMenuItem(), columns(), order());
    }

    private Menu deletion(List<String> names) {
        Menu menu = new Menu(texts.get("machines.view.delete"));
        for (String name : names) {
            MenuItem item = new MenuItem(name);
            item.setMnemonicParsing(false);
            item.setOnAction(event -> delete(name));
            menu.getItems().add(item);
        }
        return menu;
    }

    private void open(ViewsModel views, String name) {
        opened = name;
        views.address(name).ifPresent(context.navigator()::go);
    }

    private void delete(String name) {
        context.settings().deleteView(name);
        context.navigator().toast(texts.get("machines.view.deleted", name));
    }

    private Menu columns() {
        Menu menu = new Menu(texts.get("machines.view.columns"));
        List<MachineColumn> chosen = table.chosen();
        for (MachineColumn column : MachineColumn.values()) {
            // The name stays: a row without it says nothing.
            if (column == MachineColumn.NAME) {
                continue;
            }
            CheckMenuItem item = new CheckMenuItem(texts.of("machines.column", column));
            item.setSelected(chosen.contains(column));
            item.setOnAction(event -> {
                table.choose(column, item.isSelected());
                columnsChosen.run();
            });
            menu.getItems().add(item);
        }
        return menu;
    }

    private Menu order() {
        Menu menu = new Menu(texts.get("machines.view.order"));
        for (MachineColumn column : table.chosen()) {
            RadioMenuItem item = new RadioMenuItem(texts.of("machines.column", column));
            item.setSelected(column == table.sortColumn());
            item.setOnAction(event -> table.sortBy(column, table.descending()));
            menu.getItems().add(item);
        }
        CheckMenuItem descending = new CheckMenuItem(texts.get("machines.view.descending"));
        descending.setSelected(table.descending());
        descending.setOnAction(event -> table.sortBy(table.sortColumn(), descending.isSelected()));
        menu.getItems().addAll(new SeparatorMenuItem(), descending);
        return menu;
    }
}
