package dev.breakwater.control.admin;

import dev.breakwater.control.Field;

/// Asks to put a machine under another policy.
///
/// @param policy name of that policy
public record PolicyChoice(String policy) {

    public PolicyChoice {
        Field.text(policy, "policy", 63);
    }
}
