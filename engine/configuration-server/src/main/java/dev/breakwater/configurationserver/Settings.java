package dev.breakwater.configurationserver;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// How a configuration server is set up.
///
/// @param dataFolder where it keeps its database, keys and the administrator's credentials
/// @param httpsPort port to listen on; 0 for any free one
/// @param hosts names and addresses at which it is reached, for its certificate
/// @param vaultSecret derived from the vault's key; further engines of the same vault register with it
/// @param version of the program, for people
/// @param certificateLife how long certificates live that it issues; programs renew theirs when a third is left
public record Settings(
        Path dataFolder,
        int httpsPort,
        List<String> hosts,
        VaultSecret vaultSecret,
        String version,
        Duration certificateLife) {

    public Settings {
        hosts = List.copyOf(hosts);
    }
}
