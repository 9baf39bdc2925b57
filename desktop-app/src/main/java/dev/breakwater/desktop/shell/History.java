package dev.breakwater.desktop.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where the user has been, as in a browser. One thread uses it.
final class History {

    /// Nobody goes back further one step at a time.
    private static final int LENGTH = 100;

    private final List<PageAddress> addresses = new ArrayList<>();
    private int present = -1;

    /// Goes somewhere; what lay ahead is forgotten. Going to where one is changes nothing.
    void go(PageAddress address) {
        if (present >= 0 && addresses.get(present).equals(address)) {
            return;
        }
        addresses.subList(present + 1, addresses.size()).clear();
        addresses.add(address);
        if (addresses.size() > LENGTH) {
            addresses.removeFirst();
        }
        present = addresses.size() - 1;
    }

    /// Changes the present address, for example because a filter did: no step of its own.
    void replace(PageAddress address) {
        if (present >= 0) {
            addresses.set(present, address);
        }
    }

    /// One step back, if there is one.
    Optional<PageAddress> back() {
        return step(-1);
    }

    /// One step forward, if there is one.
    Optional<PageAddress> forward() {
        return step(1);
    }

    boolean canGoBack() {
        return present > 0;
    }

    boolean canGoForward() {
        return present < addresses.size() - 1;
    }

    private Optional<PageAddress> step(int steps) {
        int next = present + steps;
        if (next < 0 || next >= addresses.size()) {
            return Optional.empty();
        }
        present = next;
        return Optional.of(addresses.get(present));
    }
}
