package dev.breakwater.desktop.events;

import atlantafx.base.controls.ToggleSwitch;
import dev.breakwater.control.admin.Event;
import dev.breakwater.control.admin.Health;
import dev.breakwater.control.admin.MachineView;
import dev.breakwater.desktop.door.Snapshot;
import dev.breakwater.desktop.parts.Chips;
import dev.breakwater.desktop.parts.EmptyState;
import dev.breakwater.desktop.parts.SearchField;
import dev.breakwater.desktop.shell.Page;
import dev.breakwater.desktop.shell.PageAddress;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Texts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// What happened, newest first. While the switch is on, newer events are asked for with each new snapshot.
public final class EventsPage implements Page {

    private static final String SEVERITY = "severity";
    private static final String TEXT = "text";
    private static final String LIVE = "live";
    private static final String OFF = "off";

    private final PageContext context;
    private final Texts texts;
    private final SearchField field;
    private final Chips severities;
    private final ToggleSwitch live;
    private final EventList list;
    private final EventReader reader;
    private final VBox content;
    private PageAddress address = PageAddress.of("events");
    private List<MachineView> machines = List.of();

    /// A list that has read nothing yet.
    public EventsPage(PageContext context) {
        this.context = context;
        this.texts = context.texts();
        reader = new EventReader(context, null, this::show);
        field = new SearchField(texts.get("events.filter"), typed -> replace(address.with(TEXT, typed)));
        severities = new Chips(names(), word -> replace(address.with(SEVERITY, word)));
        HBox.setHgrow(severities, Priority.ALWAYS);
        live = new ToggleSwitch(texts.get("events.live"));
        live.setId("live");
        live.setAccessibleText(texts.get("events.live"));
        live.setMinWidth(Region.USE_PREF_SIZE);
        live.selectedProperty().addListener((property, was, on) -> {
            if (on.equals(address.parameter(LIVE).equals(OFF))) {
                replace(address.with(LIVE, on ? "" : OFF));
            }
            if (on) {
                reader.readNewer();
            }
        });
        HBox head = new HBox(field, severities, live);
        head.getStyleClass().add("list-head");
        head.setAlignment(Pos.CENTER_LEFT);
        list = new EventList(context, true, reader::readOlder);
        list.onOpen(row -> openMachine(row.event()));
        VBox.setVgrow(list, Priority.ALWAYS);
        content = new VBox(head, list);
        content.getStyleClass().addAll("page", "list-page");
    }

    private Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("", texts.get("events.all"));
        for (Health severity : List.of(Health.CRITICAL, Health.WARNING, Health.NORMAL)) {
            names.put(word(severity), texts.of("events.severity", severity));
        }
        return names;
    }

    private static String word(Health severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Node content() {
        return content;
    }

    @Override
    public void open(PageAddress wanted) {
        address = wanted;
        severities.choose(wanted.parameter(SEVERITY));
        field.show(wanted.parameter(TEXT));
        live.setSelected(!wanted.parameter(LIVE).equals(OFF));
    }

    @Override
    public void update(Snapshot snapshot) {
        if (snapshot.figures() != null) {
            machines = snapshot.figures().machines();
        }
        ask(snapshot);
        show();
    }

    @Override
    public void ask(Snapshot newest) {
        if (newest.figures() != null) {
            reader.read(live.isSelected() && !newest.outdated());
        }
    }

    @Override
    public void focusFilter() {
        field.requestFocus();
    }

    private void replace(PageAddress changed) {
        address = changed;
        context.navigator().replace(changed);
        show();
    }

    private void show() {
        EventsModel model =
                EventsModel.of(reader.events(), machines, address.parameter(SEVERITY), address.parameter(TEXT));
        boolean heard = reader.heard();
        severities.count("", context.units().count(heard ? model.all() : null));
        model.counts()
                .forEach((severity, count) ->
                        severities.count(word(severity), context.units().count(heard ? count : null)));
        list.show(reader, model.shown(), empty());
    }

    private Node empty() {
        return reader.events().isEmpty()
                ? new EmptyState(Feather.CLOCK, texts.get(reader.complete() ? "events.none" : "events.reading"))
                : new EmptyState(
                        Feather.FILTER,
                        texts.get("events.no-match"),
                        texts.get("events.clear"),
                        () -> context.navigator().go(PageAddress.of("events")));
    }

    private void openMachine(Event event) {
        if (event.machine() != null) {
            context.navigator().go(PageAddress.of("machine", event.machine().toString()));
        }
    }
}
