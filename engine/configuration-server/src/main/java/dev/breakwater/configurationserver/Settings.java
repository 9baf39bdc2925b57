package dev.breakwater.configurationserver;

import java.nio.file.Path;
import java.util.List;

/// How a configuration server is set up.
///
/// @param dataFolder where it keeps its database, keys and the administrator's credentials
/// @param httpsPort port to listen on; 0 for any free one
/// @param hosts names and addresses at which it is reached, for its certificate
/// @param vaultSecret derived from the vault's key; further engines of the same vault register with it
/// @param version of the program, for people
public record Settings(Path dataFolder, int httpsPort, List<String> hosts, VaultSecret vaultSecret, String version) {

    public Settings {
        hosts = List.copyOf(hosts);
    }
}
