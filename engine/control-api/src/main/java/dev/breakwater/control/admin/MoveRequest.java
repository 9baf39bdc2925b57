package dev.breakwater.control.admin;

import dev.breakwater.control.Field;

/// Asks to move a machine to another process server.
///
/// @param to name or identity of that process server
public record MoveRequest(String to) {

    public MoveRequest {
        Field.text(to, "to", 255);
    }
}
