package dev.breakwater.desktop.machines;

import java.util.List;
import javafx.collections.ObservableListBase;

/// The rows that the table shows. While machines and order stay, newer rows take the place of older ones without
/// the table's selection hearing of it: to select ten thousand rows anew takes it a quarter of a second and more.
final class MachineRows extends ObservableListBase<MachineRow> {

    private List<MachineRow> rows = List.of();

    /// Whether these are the same machines in the same order.
    boolean areOf(List<MachineRow> newer) {
        if (newer.size() != rows.size()) {
            return false;
        }
        for (int i = 0; i < newer.size(); i++) {
            if (!newer.get(i).machine().id().equals(rows.get(i).machine().id())) {
                return false;
            }
        }
        return true;
    }

    /// Takes what is newly known of the same machines in the same order.
    void renew(List<MachineRow> newer) {
        beginChange();
        rows = List.copyOf(newer);
        for (int i = 0; i < newer.size(); i++) {
            nextUpdate(i);
        }
        endChange();
    }

    /// Takes other rows.
    void replace(List<MachineRow> others) {
        List<MachineRow> before = rows;
        beginChange();
        rows = List.copyOf(others);
        nextReplace(0, others.size(), before);
        endChange();
    }

    @Override
    public MachineRow get(int index) {
        return rows.get(index);
    }

    @Override
    public int size() {
        return rows.size();
    }
}
