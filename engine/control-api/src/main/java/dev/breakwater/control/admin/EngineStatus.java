package dev.breakwater.control.admin;

import dev.breakwater.model.VaultId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// The configuration server at a glance.
///
/// @param id its identity
/// @param version of the program
/// @param startedAt when it started
/// @param httpsPort its port
/// @param vaultId the vault it writes into
/// @param vaultLocation where that is
/// @param machines registered machines
/// @param protectedMachines those of them that are protected
/// @param processServers registered process servers
/// @param runningJobs jobs not finished
/// @param pendingVaultDocuments names and policies that still have to be written into the vault
/// @param health the worst of all
/// @param problems what an administrator should know: the first thousand, and how many more there are
/// @param notes what is as it was ordered and still worth knowing, for example a limit in force
public record EngineStatus(
        UUID id,
        String version,
        Instant startedAt,
        int httpsPort,
        VaultId vaultId,
        String vaultLocation,
        int machines,
        int protectedMachines,
        int processServers,
        int runningJobs,
        int pendingVaultDocuments,
        Health health,
        List<Problem> problems,
        List<String> notes) {

    public EngineStatus {
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }
}
