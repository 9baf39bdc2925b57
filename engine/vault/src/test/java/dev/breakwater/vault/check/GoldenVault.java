package dev.breakwater.vault.check;

import dev.breakwater.framecodec.FrameKey;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.VaultId;
import dev.breakwater.testkit.Seed;
import dev.breakwater.vault.key.MachineKeys;
import dev.breakwater.vault.log.MachineVault;
import dev.breakwater.vault.log.MachineWriter;
import dev.breakwater.vault.log.MemoryStore;
import dev.breakwater.vault.log.PracticeMachine;
import dev.breakwater.vault.log.WriterLimits;
import dev.breakwater.vault.maintenance.MachineMaintenance;
import dev.breakwater.vault.maintenance.MaintenanceLimits;
import dev.breakwater.vault.maintenance.PinnedPoints;
import dev.breakwater.vault.reading.MachineReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The stored example of version 1 of a machine's part of a vault, and what makes it. Version 1 is never made
/// anew: a program that cannot read this cannot read its users' vaults.
public final class GoldenVault {

    static final Path FOLDER = Path.of("src/test/resources/golden/machine-v1");

    private GoldenVault() {}

    /// The objects, with those of a damaged variant in their place. An empty file there stands for a missing
    /// object.
    static MemoryStore load(String variant) throws IOException {
        MemoryStore store = new MemoryStore();
        store.objects().putAll(files(FOLDER.resolve("sound")));
        if (!variant.equals("sound")) {
            files(FOLDER.resolve(variant)).forEach((name, content) -> {
                if (content.length == 0) {
                    store.objects().remove(name);
                } else {
                    store.objects().put(name, content);
                }
            });
        }
        return store;
    }

    private static Map<String, byte[]> files(Path folder) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        return files;
    }

    /// The keys in `keys.txt`: vault, machine, machine key, then each disk and its key.
    static MachineVault in(MemoryStore store) throws IOException {
        List<String> lines = Files.readAllLines(FOLDER.resolve("keys.txt"));
        Map<DiskId, FrameKey> disks = new HashMap<>();
        for (String line : lines.subList(3, lines.size())) {
            String[] parts = line.split(" ", -1);
            disks.put(DiskId.of(parts[0]), FrameKey.of(HexFormat.of().parseHex(parts[1])));
        }
        FrameKey machineKey = FrameKey.of(HexFormat.of().parseHex(lines.get(2)));
        MachineKeys keys = new MachineKeys(MachineId.of(lines.get(1)), machineKey, disks);
        return new MachineVault(store, VaultId.of(lines.getFirst()), keys);
    }

    /// What a reader finds: a line per point and disk with the SHA-256 of its content.
    static String describe(MachineReader reader, MachineVault vault) throws IOException {
        StringBuilder text = new StringBuilder();
        for (var point : reader.points()) {
            for (DiskId disk :
                    vault.keys().diskKeys().keySet().stream().sorted().toList()) {
                try (var readable = reader.disk(point.id(), disk)) {
                    byte[] content = new byte[(int) readable.sizeBytes()];
                    readable.read(0, ByteBuffer.wrap(content));
                    text.append(point.slot())
                            .append(' ')
                            .append(point.id())
                            .append(' ')
                            .append(point.time());
                    text.append(' ')
                            .append(disk)
                            .append(' ')
                            .append(sha256(content))
                            .append('\n');
                }
            }
        }
        return text.toString();
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /// Made the example once; kept to show how.
    public static void main(String[] arguments) throws Exception {
        PracticeMachine machine = new PracticeMachine(new Seed(2026), 2, 24);
        MemoryStore store = new MemoryStore();
        MachineMaintenance maintenance = MachineMaintenance.of(
                machine.in(store), machine.entropy(), machine::now, PinnedPoints.NONE, MaintenanceLimits.DEFAULT);
        for (int i = 0; i < 11; i++) {
            try (MachineWriter writer =
                    machine.writer(store, new WriterLimits(1 << 20, i % 3 == 2 ? 0 : 1 << 20, 1 << 20, 1))) {
                if (i % 4 == 3) {
                    machine.partial(writer, 1);
                }
                machine.point(writer, 2);
            }
            machine.pass(Duration.ofMinutes(20));
            maintenance.run(Duration.ofDays(1));
        }
        for (var object : store.objects().entrySet()) {
            Path file = FOLDER.resolve("sound").resolve(object.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, object.getValue());
        }
        MachineVault vault = machine.in(store);
        StringBuilder keys = new StringBuilder(vault.vault() + "\n" + vault.machine() + "\n"
                + HexFormat.of().formatHex(vault.keys().machineKey().toBytes()) + "\n");
        vault.keys()
                .diskKeys()
                .forEach((disk, key) -> keys.append(disk)
                        .append(' ')
                        .append(HexFormat.of().formatHex(key.toBytes()))
                        .append('\n'));
        Files.writeString(FOLDER.resolve("keys.txt"), keys, StandardCharsets.UTF_8);
        try (MachineReader reader = MachineReader.open(vault)) {
            Files.writeString(FOLDER.resolve("points.txt"), describe(reader, vault), StandardCharsets.UTF_8);
        }
        damage(store, machine);
    }

    /// Writes for each finding a variant that has it, and names it after the finding.
    private static void damage(MemoryStore sound, PracticeMachine machine) throws Exception {
        String folder = "points/" + machine.id() + "/00000000000000";
        String checkpoint = "checkpoints/" + machine.id() + "/0000000000000001";
        String segment = sound.objects().keySet().stream()
                .filter(name -> name.startsWith("segments/"))
                .filter(name -> isData(sound, machine, name))
                .findFirst()
                .orElseThrow();
        variant("SlotMissing", folder + "0b", new byte[0]);
        byte[] slot = sound.objects().get(folder + "0c");
        variant("SlotDamaged", folder + "0c", flipped(slot, slot.length - 150));
        MemoryStore other = sound.copy();
        for (String last : List.of("0b", "0c", "0d")) {
            other.objects().remove(folder + last);
        }
        try (MachineWriter writer = machine.writer(other)) {
            machine.point(writer, 1);
        }
        variant("ChainBroken", folder + "0b", other.objects().get(folder + "0b"));
        byte[] index = sound.objects().get(checkpoint);
        variant("CheckpointDamaged", checkpoint, flipped(index, index.length - 200));
        variant("PageDamaged", checkpoint, flipped(index, 100));
        variant("ObjectMissing", segment, new byte[0]);
        variant("ObjectCut", segment, Arrays.copyOf(sound.objects().get(segment), 60));
        variant("FrameDamaged", segment, flipped(sound.objects().get(segment), 100));
    }

    private static boolean isData(MemoryStore sound, PracticeMachine machine, String segment) {
        MemoryStore without = sound.copy();
        without.objects().remove(segment);
        List<Finding> findings = new ArrayList<>();
        try {
            VaultCheck.machine(machine.in(without), CheckDepth.STRUCTURE, 0, findings::add);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return findings.stream().anyMatch(finding -> finding.code() == FindingCode.OBJECT_MISSING);
    }

    private static byte[] flipped(byte[] object, int at) {
        byte[] copy = object.clone();
        copy[at] ^= 1;
        return copy;
    }

    private static void variant(String name, String object, byte[] content) throws IOException {
        Path file = FOLDER.resolve(name).resolve(object);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }
}
