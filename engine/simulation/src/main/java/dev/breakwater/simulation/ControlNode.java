package dev.breakwater.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.breakwater.configurationserver.Conductor;
import dev.breakwater.configurationserver.port.AuditWitness;
import dev.breakwater.configurationserver.port.KeyRing;
import dev.breakwater.configurationserver.port.Ports;
import dev.breakwater.configurationserver.port.VaultCatalog;
import dev.breakwater.configurationserver.port.VaultView;
import dev.breakwater.configurationserver.store.Database;
import dev.breakwater.configurationserver.store.Topics;
import dev.breakwater.control.ControlJson;
import dev.breakwater.control.admin.AuditVerification.Witness;
import dev.breakwater.control.processserver.Assignments.VaultAccess;
import dev.breakwater.control.processserver.SealingKey;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.model.ReplicationPolicy;
import dev.breakwater.vault.Vault;
import dev.breakwater.vault.catalog.Catalog;
import dev.breakwater.vault.catalog.CatalogMachine;
import dev.breakwater.vault.catalog.CatalogPolicy;
import dev.breakwater.vault.key.MachineKeys;
import dev.breakwater.vault.log.MachineVault;
import dev.breakwater.vault.reading.MachineReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// One run of the configuration server: the real one behind its HTTPS port, on its database and the simulated vault.
final class ControlNode {

    private final Node node;
    private final Database database;
    private final Conductor conductor;

    ControlNode(World world, Node node, Path databaseFile, Vault vault) {
        this.node = node;
        this.database = Database.open(databaseFile, node.clock(), new Topics(node));
        var vaultPorts = new VaultPorts(vault);
        this.conductor = new Conductor(
                database,
                new Ports(
                        new VaultAccess(vault.id(), World.LOCATION, null),
                        vaultPorts,
                        vaultPorts,
                        vaultPorts,
                        vaultPorts,
                        world.site().seenBy(world, node, vault.pins())),
                world.entropy(),
                node);
    }

    Node node() {
        return node;
    }

    Conductor conductor() {
        return conductor;
    }

    Database database() {
        return database;
    }

    /// The vault as the configuration server sees it.
    private record VaultPorts(Vault vault) implements KeyRing, VaultView, VaultCatalog, AuditWitness {

        @Override
        public Keys keys(MachineId machine, Collection<DiskId> disks) throws IOException {
            MachineKeys keys = vault.keyRing().machineKeys(machine, new HashSet<>(disks));
            Map<DiskId, SealingKey> diskKeys = new HashMap<>();
            for (DiskId disk : disks) {
                diskKeys.put(disk, SealingKey.of(keys.diskKey(disk).toBytes()));
            }
            return new Keys(SealingKey.of(keys.machineKey().toBytes()), diskKeys);
        }

        @Override
        public List<RecoveryPoint> points(MachineId machine, Collection<DiskId> disks) throws IOException {
            MachineKeys keys = vault.keyRing().machineKeys(machine, new HashSet<>(disks));
            try (MachineReader reader = MachineReader.open(new MachineVault(vault.store(), vault.id(), keys))) {
                return reader.points();
            }
        }

        @Override
        public void write(String kind, UUID id, byte[] document) throws IOException {
            if (kind.equals("policy")) {
                ReplicationPolicy policy = ControlJson.mapper().readValue(document, ReplicationPolicy.class);
                vault.catalog().put(Catalog.POLICIES, policy.name(), CatalogPolicy.of(policy));
            } else {
                JsonNode tree = ControlJson.mapper().readTree(document);
                var machine = new CatalogMachine(
                        tree.path("id").asText(),
                        tree.path("name").asText(),
                        tree.path("policy").asText(""),
                        List.of());
                vault.catalog().put(Catalog.MACHINES, machine.id(), machine);
            }
        }

        @Override
        public void keep(String log, Witness witness) {
            throw new IllegalStateException("orders are recorded by the HTTPS port, which is not simulated");
        }

        @Override
        public Optional<Witness> kept(String log) {
            return Optional.empty();
        }
    }
}
