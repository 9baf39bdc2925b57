package dev.breakwater.diskexport;

import dev.breakwater.model.ReadableDisk;

/// A disk under the name by which clients ask for it.
///
/// @param name letters, digits, dots, hyphens and underscores, so that it fits an `nbd+unix` address unescaped
/// @param disk its bytes; stays the caller's to close
public record NbdExport(String name, ReadableDisk disk) {

    public NbdExport {
        if (!name.matches("[A-Za-z0-9._-]{1,255}")) {
            throw new IllegalArgumentException("not a name for an NBD export: \"" + name + "\"");
        }
    }
}
