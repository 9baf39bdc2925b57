package dev.breakwater.desktop.settings;

import dev.breakwater.desktop.door.Snapshot;
import dev.breakwater.desktop.engine.LocalEngine;
import dev.breakwater.desktop.parts.Card;
import dev.breakwater.desktop.parts.FactRows;
import dev.breakwater.desktop.parts.PageScroll;
import dev.breakwater.desktop.parts.Worker;
import dev.breakwater.desktop.preferences.Settings.Appearance;
import dev.breakwater.desktop.preferences.Settings.Density;
import dev.breakwater.desktop.shell.Page;
import dev.breakwater.desktop.shell.PageAddress;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.shell.ShortcutRows;
import dev.breakwater.desktop.texts.Texts;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// How the console looks and speaks, how it reaches the engine, and what it is made of.
public final class SettingsPage implements Page {

    private static final double HALF = 480;

    private final PageContext context;
    private final Texts texts;
    private final LocalEngine engine;
    private final @Nullable String server;
    private final Worker worker = new Worker("settings");
    private final FactRows connection;
    private final Label problem = new Label();
    private final PageScroll content;
    private @Nullable ConnectionModel known;
    private @Nullable Snapshot snapshot;

    /// What a choice changes in the running window.
    ///
    /// @param appearance applies light or dark
    /// @param density applies how close things stand
    /// @param language makes the window anew in the language that the settings name
    public record Effects(Consumer<Appearance> appearance, Consumer<Density> density, Runnable language) {}

    /// The page.
    ///
    /// @param engine this computer's, or the folder of a user of one elsewhere
    /// @param server address of an engine elsewhere, as it was given
    public SettingsPage(PageContext context, Effects effects, LocalEngine engine, @Nullable String server) {
        this.context = context;
        this.texts = context.texts();
        this.engine = engine;
        this.server = server;
        connection = new FactRows(texts);
        problem.setWrapText(true);
        problem.getStyleClass().add("tone-danger");
        problem.managedProperty().bind(problem.textProperty().isNotEmpty());
        HBox page = new HBox(
                column(
                        new Card(texts.get("settings.look"), new AppearanceForm(context, effects)),
                        new ReadinessCard(context),
                        new Card(texts.get("settings.connection"), connection, problem),
                        new DiagnosticsCard(context, engine, server)),
                column(new Card(texts.get("shell.shortcuts"), new ShortcutRows(texts)), new AboutCard(texts)));
        page.getStyleClass().addAll("page", "columns");
        content = new PageScroll(page);
    }

    private static VBox column(Node... cards) {
        VBox column = new VBox(cards);
        column.getStyleClass().add("column");
        column.setPrefWidth(HALF);
        HBox.setHgrow(column, Priority.ALWAYS);
        return column;
    }

    @Override
    public Node content() {
        return content;
    }

    @Override
    public void open(PageAddress address) {
        worker.calculate(() -> ConnectionModel.read(engine.data(), server), read -> {
            known = read;
            showConnection();
        });
    }

    @Override
    public void update(Snapshot newest) {
        snapshot = newest;
        showConnection();
    }

    private void showConnection() {
        ConnectionModel model = known;
        Snapshot heard = snapshot;
        if (model == null || heard == null) {
            return;
        }
        connection.clear();
        connection
                .add(texts.get("settings.state"), texts.of("shell.connection", heard.connection()))
                .add(
                        texts.get("settings.address"),
                        model.address() == null ? null : model.address().toString())
                .add(
                        texts.get("settings.engine-version"),
                        heard.figures() == null
                                ? null
                                : heard.figures().status().version())
                .add(texts.get("settings.role"), model.role() == null ? null : texts.of("settings.role", model.role()))
                .add(
                        texts.get("settings.certificate"),
                        model.certificateUntil() == null
                                ? null
                                : texts.get(
                                        "settings.certificate.until",
                                        context.units().day(model.certificateUntil())))
                .add(texts.get("settings.folder"), model.folder().toString());
        problem.setText(model.problem() == null ? "" : model.problem());
    }
}
