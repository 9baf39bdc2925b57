package dev.breakwater.launcher.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.breakwater.configurationserver.port.AuditWitness;
import dev.breakwater.configurationserver.port.KeyRing;
import dev.breakwater.configurationserver.port.VaultCatalog;
import dev.breakwater.configurationserver.port.VaultView;
import dev.breakwater.control.ControlJson;
import dev.breakwater.control.admin.AuditVerification.Witness;
import dev.breakwater.control.processserver.SealingKey;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.RecoveryPoint;
import dev.breakwater.model.ReplicationPolicy;
import dev.breakwater.vault.Vault;
import dev.breakwater.vault.catalog.Catalog;
import dev.breakwater.vault.catalog.CatalogMachine;
import dev.breakwater.vault.catalog.CatalogPolicy;
import dev.breakwater.vault.catalog.CatalogWitness;
import dev.breakwater.vault.key.MachineKeys;
import dev.breakwater.vault.log.MachineVault;
import dev.breakwater.vault.reading.MachineReader;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What the configuration server needs of the vault, fulfilled by the vault. Safe for several threads.
final class VaultPorts implements KeyRing, VaultView, VaultCatalog, AuditWitness, AutoCloseable {

    private final Vault vault;

    /// One per machine that was asked for; a reader keeps its map and only looks for what is new.
    private final Map<MachineId, OpenReader> readers = new HashMap<>();

    private record OpenReader(Set<DiskId> disks, MachineReader reader) {}

    VaultPorts(Vault vault) {
        this.vault = vault;
    }

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
    public synchronized List<RecoveryPoint> points(MachineId machine, Collection<DiskId> disks) throws IOException {
        Set<DiskId> wanted = Set.copyOf(disks);
        OpenReader open = readers.get(machine);
        try {
            if (open == null || !open.disks().equals(wanted)) {
                close(machine);
                MachineKeys keys = vault.keyRing().machineKeys(machine, wanted);
                open = new OpenReader(wanted, MachineReader.open(new MachineVault(vault.store(), vault.id(), keys)));
                readers.put(machine, open);
            } else {
                open.reader().refresh();
            }
            return open.reader().points();
        } catch (IOException e) {
            close(machine);
            throw e;
        }
    }

    private void close(MachineId machine) throws IOException {
        OpenReader open = readers.remove(machine);
        if (open != null) {
            open.reader().close();
        }
    }

    @Override
    public void write(String kind, UUID id, byte[] document) throws IOException {
        switch (kind) {
            case "machine" -> {
                CatalogMachine machine = machine(ControlJson.mapper().readTree(document));
                vault.catalog().put(Catalog.MACHINES, machine.id(), machine);
            }
            case "policy" -> {
                ReplicationPolicy policy = ControlJson.mapper().readValue(document, ReplicationPolicy.class);
                vault.catalog().put(Catalog.POLICIES, policy.name(), CatalogPolicy.of(policy));
            }
            default -> throw new IOException("The vault's catalog has no place for a document of kind " + kind + ".");
        }
    }

    @Override
    public void keep(String log, Witness witness) throws IOException {
        vault.catalog()
                .put(
                        Catalog.AUDIT,
                        log,
                        new CatalogWitness(
                                witness.number(), witness.hash(), witness.time().toEpochMilli()));
    }

    @Override
    public Optional<Witness> kept(String log) throws IOException {
        return vault.catalog()
                .get(Catalog.AUDIT, log, CatalogWitness.class)
                .map(kept -> new Witness(kept.number(), kept.hash(), Instant.ofEpochMilli(kept.timeMillis())));
    }

    private static CatalogMachine machine(JsonNode document) {
        List<CatalogMachine.Disk> disks = new ArrayList<>();
        for (JsonNode disk : document.path("disks")) {
            disks.add(new CatalogMachine.Disk(
                    disk.path("id").asText(),
                    disk.path("device").asText(),
                    disk.path("sizeBytes").asLong(),
                    disk.path("boot").asBoolean(disks.isEmpty())));
        }
        return new CatalogMachine(
                document.path("id").asText(),
                document.path("name").asText(),
                document.path("policy").asText(""),
                disks);
    }

    @Override
    public synchronized void close() throws IOException {
        for (MachineId machine : Set.copyOf(readers.keySet())) {
            close(machine);
        }
    }
}
