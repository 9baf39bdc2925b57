package dev.breakwater.desktop.events;

import dev.breakwater.desktop.parts.EmptyState;
import dev.breakwater.desktop.shell.PageContext;
import java.util.List;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// The events of one machine, read while somebody looks.
public final class MachineEvents extends VBox {

    private final PageContext context;
    private final EventList list;
    private String machine = "";
    private EventReader reader;

    /// Of no machine yet.
    public MachineEvents(PageContext context) {
        this.context = context;
        reader = new EventReader(context, machine, () -> {});
        list = new EventList(context, false, () -> reader.readOlder());
        VBox.setVgrow(list, Priority.ALWAYS);
        getChildren().add(list);
    }

    /// Changes to another machine, without asking for its events yet.
    public void of(String wanted) {
        if (!wanted.equals(machine)) {
            machine = wanted;
            reader = new EventReader(context, wanted, this::show);
            show();
        }
    }

    /// Reads what is new. Called with each snapshot while it is in sight.
    public void read() {
        reader.read(true);
    }

    private void show() {
        list.show(
                reader,
                EventsModel.of(reader.events(), List.of(), "", "").shown(),
                new EmptyState(
                        Feather.CLOCK,
                        context.texts().get(reader.complete() ? "events.none-machine" : "events.reading")));
    }
}
