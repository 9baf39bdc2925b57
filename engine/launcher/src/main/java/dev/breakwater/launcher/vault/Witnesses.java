package dev.breakwater.launcher.vault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.breakwater.configurationserver.store.DurableSlots;
import dev.breakwater.control.ControlJson;
import dev.breakwater.launcher.NotFoundException;
import dev.breakwater.model.MachineId;
import dev.breakwater.vault.check.Witness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who can say how far a vault must reach: the data folder of an engine, whose configuration server was told of every
/// durable slot; the folder of a mobility service, which remembers its last one; what an earlier check printed as
/// JSON; or the administrator.
final class Witnesses {

    private Witnesses() {}

    /// Asks all of them.
    ///
    /// @param named folders, files, or MACHINE=SLOT
    static Witness of(List<String> named, OpenVault vault) throws IOException {
        Witness all = Witness.NONE;
        for (String one : named) {
            all = all.and(ask(one, vault));
        }
        return all;
    }

    private static Witness ask(String name, OpenVault vault) throws IOException {
        Path path = Path.of(name);
        Path database = DurableSlots.databaseIn(path);
        if (Files.exists(database)) {
            return new Witness(DurableSlots.read(database), Set.of("the configuration server in " + path));
        }
        if (Files.exists(path.resolve("replication.json"))) {
            return ofMachine(path);
        }
        if (Files.isRegularFile(path)) {
            return ofCheck(path);
        }
        int equals = name.lastIndexOf('=');
        if (equals < 0) {
            throw new NotFoundException(
                    "There is no witness " + name + ". Give the data folder of an engine, the folder of"
                            + " a mobility service, the JSON that an earlier check printed, or MACHINE=SLOT.");
        }
        try {
            long slot = Long.parseLong(name.substring(equals + 1));
            MachineId machine = vault.machine(name.substring(0, equals)).id();
            return new Witness(Map.of(machine, slot), Set.of("the command line"));
        } catch (NumberFormatException e) {
            throw new NotFoundException("The witness " + name + " names no slot, which is a number.");
        }
    }

    private static Witness ofMachine(Path folder) throws IOException {
        JsonNode registration = read(folder.resolve("registration.json"));
        long slot = read(folder.resolve("replication.json")).path("newestSlot").asLong();
        MachineId machine = machine(registration.path("machine").asText(), folder);
        Map<MachineId, Long> known = slot > 0 ? Map.of(machine, slot) : Map.of();
        return new Witness(known, Set.of("the mobility service in " + folder));
    }

    private static Witness ofCheck(Path file) throws IOException {
        JsonNode slots = read(file).path("newestSlots");
        if (!slots.isObject()) {
            throw new IOException("The file " + file
                    + " is no witness: it is not what `vault check --json` prints. Nothing was checked.");
        }
        Map<MachineId, Long> known = new HashMap<>();
        for (Map.Entry<String, JsonNode> slot : slots.properties()) {
            known.put(machine(slot.getKey(), file), slot.getValue().asLong());
        }
        return new Witness(known, Set.of("the check in " + file));
    }

    private static MachineId machine(String text, Path where) throws IOException {
        try {
            return MachineId.of(text);
        } catch (IllegalArgumentException e) {
            throw new IOException("The witness in " + where + " names no machine: \"" + text + "\".", e);
        }
    }

    private static JsonNode read(Path file) throws IOException {
        return ControlJson.mapper().readTree(Files.readAllBytes(file));
    }
}
