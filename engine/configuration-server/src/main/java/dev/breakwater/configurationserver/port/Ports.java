package dev.breakwater.configurationserver.port;

import dev.breakwater.control.processserver.Assignments.VaultAccess;

/// Everything that the configuration server needs of others.
///
/// @param vault how process servers reach the vault
/// @param keys keys of machines
/// @param view points of machines
/// @param catalog the vault's description of itself
/// @param witness remembers how far the audit log went
/// @param recovery test failovers
public record Ports(
        VaultAccess vault,
        KeyRing keys,
        VaultView view,
        VaultCatalog catalog,
        AuditWitness witness,
        Recovery recovery) {}
