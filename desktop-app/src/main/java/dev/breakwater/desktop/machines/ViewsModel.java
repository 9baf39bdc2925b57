package dev.breakwater.desktop.machines;

import dev.breakwater.desktop.shell.PageAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The views that the user saved, and what the table shows now. A view is an address of the page with filter, columns
/// and
/// order.
///
/// @param saved name to address, as it was kept
/// @param present what is shown
record ViewsModel(Map<String, String> saved, PageAddress present) {

    /// As many as a menu shows without scrolling.
    static final int MOST = 20;

    /// What a menu shows without being cut.
    static final int LONGEST_NAME = 40;

    static final String PAGE = "machines";

    ViewsModel {
        saved = Map.copyOf(saved);
    }

    /// Why a view cannot be saved.
    enum Problem {
        /// It has no name.
        UNNAMED,
        /// Its name is longer than [#LONGEST_NAME].
        LONG_NAME,
        /// There are [#MOST] others.
        FULL,
        /// Its filter makes an address that is too long to be read again.
        LONG_FILTER
    }

    /// The names of those that can be opened, by alphabet.
    List<String> names() {
        return saved.keySet().stream()
                .filter(name -> address(name).isPresent())
                .sorted(String.CASE_INSENSITIVE_ORDER.thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /// Where a view leads; nothing if what was kept is no view of this table.
    Optional<PageAddress> address(String name) {
        return Optional.ofNullable(saved.get(name))
                .flatMap(PageAddress::parse)
                .filter(address -> address.page().equals(PAGE));
    }

    /// The view that is shown unchanged.
    Optional<String> shown() {
        return names().stream()
                .filter(name -> address(name).equals(Optional.of(present)))
                .findFirst();
    }

    /// Whether one of that name is there.
    boolean replaces(String name) {
        return saved.containsKey(name);
    }

    /// Why what is shown cannot be saved under a name; nothing if it can.
    Optional<Problem> problem(String name) {
        if (name.isBlank()) {
            return Optional.of(Problem.UNNAMED);
        }
        if (name.length() > LONGEST_NAME) {
            return Optional.of(Problem.LONG_NAME);
        }
        if (!replaces(name) && saved.size() >= MOST) {
            return Optional.of(Problem.FULL);
        }
        return PageAddress.parse(present.toString()).isPresent() ? Optional.empty() : Optional.of(Problem.LONG_FILTER);
    }
}
