package dev.breakwater.launcher.engine;

import dev.breakwater.control.EngineAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How an engine is to run.
///
/// @param data its folder
/// @param vaultLocation its vault, if it is the first start
/// @param recoveryKeyFile file with the vault's recovery key, if it is the first start
/// @param roles what it does
/// @param server the configuration server, if this engine is none
/// @param httpsPort port of the configuration server
/// @param replicationPort port of the process server
/// @param hosts names and addresses at which it is reached, best first
/// @param name of its process server
/// @param certificateLife how long certificates live that its configuration server issues
record EnginePlan(
        Path data,
        @Nullable String vaultLocation,
        @Nullable Path recoveryKeyFile,
        Set<EngineRole> roles,
        @Nullable EngineAddress server,
        int httpsPort,
        int replicationPort,
        List<String> hosts,
        String name,
        Duration certificateLife) {

    EnginePlan {
        roles = Set.copyOf(roles);
        hosts = List.copyOf(hosts);
    }
}
