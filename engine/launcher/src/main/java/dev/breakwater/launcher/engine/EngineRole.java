package dev.breakwater.launcher.engine;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// What an engine does.
enum EngineRole {
    /// The control plane, with the recovery of machines on this computer.
    CONFIGURATION_SERVER,
    /// The data gateway.
    PROCESS_SERVER;

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Reads roles separated by commas.
    ///
    /// @throws IllegalArgumentException if one is unknown or there is none
    static Set<EngineRole> parse(String text) {
        Set<EngineRole> roles = EnumSet.noneOf(EngineRole.class);
        for (String word : text.split(",", -1)) {
            roles.add(Arrays.stream(values())
                    .filter(role -> role.word().equals(word.strip()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("\"" + word + "\" is no role. Roles: "
                            + Arrays.stream(values()).map(EngineRole::word).collect(Collectors.joining(", ")) + ".")));
        }
        return roles;
    }
}
