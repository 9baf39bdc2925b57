package dev.breakwater.desktop.events;

import atlantafx.base.controls.CustomTextField;
import atlantafx.base.controls.ToggleSwitch;
import dev.breakwater.control.admin.Event;
import dev.breakwater.control.admin.Health;
import dev.breakwater.control.admin.MachineView;
import dev.breakwater.desktop.door.Snapshot;
import dev.breakwater.desktop.parts.Chips;
import dev.breakwater.desktop.parts.EmptyState;
import dev.breakwater.desktop.parts.ListTable;
import dev.breakwater.desktop.parts.Marks;
import dev.breakwater.desktop.parts.Value;
import dev.breakwater.desktop.shell.Page;
import dev.breakwater.desktop.shell.PageAddress;
import dev.breakwater.desktop.shell.PageContext;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.desktop.texts.Units;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
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
    private final CustomTextField field = new CustomTextField();
    private final Chips severities;
    private final ToggleSwitch live;
    private final ListTable<EventsModel.Row> table;
    private final Value read;
    private final Button older;
    private final VBox content;
    private PageAddress address = PageAddress.of("events");
    private List<Event> events = List.of();
    private List<MachineView> machines = List.of();
    private boolean asking;
    private boolean complete;
    private boolean begun;
    private boolean heard;
    private String refusal = "";

    /// A list that has read nothing yet.
    public EventsPage(PageContext context) {
        this.context = context;
        this.texts = context.texts();
        field.setId("filter");
        field.setPromptText(texts.get("events.filter"));
        field.setAccessibleText(texts.get("events.filter"));
        field.setLeft(Marks.icon(Feather.SEARCH, "tone-muted"));
        field.setMinWidth(Region.USE_PREF_SIZE);
        field.textProperty().addListener((property, before, typed) -> {
            if (!typed.equals(address.parameter(TEXT))) {
                replace(address.with(TEXT, typed));
            }
        });
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
                readNewer();
            }
        });
        HBox head = new HBox(field, severities, live);
        head.getStyleClass().add("list-head");
        head.setAlignment(Pos.CENTER_LEFT);
        table = table();
        table.onOpen(row -> openMachine(row.event()));
        VBox.setVgrow(table, Priority.ALWAYS);
        read = new Value(texts, "quiet");
        older = new Button(texts.get("events.older"));
        older.setId("older");
        older.setOnAction(event -> readOlder());
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox foot = new HBox(read, space, older);
        foot.setAlignment(Pos.CENTER_LEFT);
        content = new VBox(head, table, foot);
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

    private ListTable<EventsModel.Row> table() {
        return new ListTable<EventsModel.Row>(
                        "events",
                        texts.get("events.title"),
                        texts,
                        row -> row.event().number())
                .column(
                        "severity",
                        texts.get("events.column.severity"),
                        136,
                        row -> texts.of("events.severity", row.event().severity()),
                        row -> icon(row.event().severity()))
                .column(
                        "time",
                        texts.get("events.column.time"),
                        200,
                        row -> context.units().moment(row.event().time()))
                .column(
                        "machine",
                        texts.get("events.column.machine"),
                        168,
                        row -> row.machine().isEmpty() ? Units.UNKNOWN : row.machine())
                .column(
                        "message",
                        texts.get("events.column.message"),
                        560,
                        row -> row.event().text());
    }

    private static Node icon(Health severity) {
        return switch (severity) {
            case NORMAL -> Marks.icon(Feather.INFO, "tone-muted");
            case WARNING -> Marks.icon(Feather.ALERT_TRIANGLE, "tone-warning");
            case CRITICAL -> Marks.icon(Feather.ALERT_OCTAGON, "tone-danger");
        };
    }

    @Override
    public Node content() {
        return content;
    }

    @Override
    public void open(PageAddress wanted) {
        address = wanted;
        severities.choose(wanted.parameter(SEVERITY));
        if (!field.getText().equals(wanted.parameter(TEXT))) {
            field.setText(wanted.parameter(TEXT));
        }
        live.setSelected(!wanted.parameter(LIVE).equals(OFF));
    }

    @Override
    public void update(Snapshot snapshot) {
        if (snapshot.figures() != null) {
            machines = snapshot.figures().machines();
            if (!begun) {
                begun = true;
                readOlder();
            } else if (live.isSelected() && !snapshot.outdated()) {
                readNewer();
            }
        }
        show();
    }

    @Override
    public void focusFilter() {
        field.requestFocus();
    }

    private void readNewer() {
        if (!asking && heard) {
            asking = true;
            long last = EventsModel.last(events);
            context.ask(engine -> engine.events(last), this::newer, this::refused);
        }
    }

    private void newer(List<Event> told) {
        asking = false;
        refusal = "";
        if (!told.isEmpty()) {
            events = EventsModel.withNewer(events, told);
            show();
        }
    }

    private void readOlder() {
        if (!asking) {
            asking = true;
            context.ask(
                    events.isEmpty()
                            ? OlderEvents.newest()
                            : new OlderEvents(events.getLast().number(), EventsModel.PAGE),
                    told -> {
                        asking = false;
                        heard = true;
                        refusal = "";
                        complete = told.size() < EventsModel.PAGE;
                        events = EventsModel.withOlder(events, told);
                        show();
                    },
                    this::refused);
        }
    }

    private void refused(String problem) {
        asking = false;
        begun = heard;
        // It is asked again with each snapshot; the same answer need not be read each time.
        if (!problem.equals(refusal)) {
            refusal = problem;
            context.navigator().toast(problem);
        }
    }

    private void replace(PageAddress changed) {
        address = changed;
        context.navigator().replace(changed);
        show();
    }

    private void show() {
        EventsModel model = EventsModel.of(events, machines, address.parameter(SEVERITY), address.parameter(TEXT));
        severities.count("", context.units().count(heard ? model.all() : null));
        model.counts()
                .forEach((severity, count) ->
                        severities.count(word(severity), context.units().count(heard ? count : null)));
        table.setPlaceholder(
                events.isEmpty()
                        ? new EmptyState(Feather.CLOCK, texts.get(complete ? "events.none" : "events.reading"))
                        : new EmptyState(
                                Feather.FILTER,
                                texts.get("events.no-match"),
                                texts.get("events.clear"),
                                () -> context.navigator().go(PageAddress.of("events"))));
        table.show(model.shown());
        boolean full = events.size() >= EventsModel.MOST;
        read.show(
                heard
                        ? texts.get(
                                complete ? "events.read-all" : full ? "events.read-most" : "events.read",
                                context.units().count(events.size()))
                        : Units.UNKNOWN);
        older.setDisable(!heard || complete || full);
    }

    private void openMachine(Event event) {
        if (event.machine() != null) {
            context.navigator().go(PageAddress.of("machine", event.machine().toString()));
        }
    }
}
