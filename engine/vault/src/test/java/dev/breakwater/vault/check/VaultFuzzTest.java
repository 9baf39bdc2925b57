package dev.breakwater.vault.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.testkit.fuzz.Fuzz;
import dev.breakwater.vault.blob.StoreException;
import dev.breakwater.vault.log.MachineVault;
import dev.breakwater.vault.log.MemoryStore;
import dev.breakwater.vault.object.DamagedObjectException;
import dev.breakwater.vault.reading.MachineReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A vault with a hostile object")
class VaultFuzzTest {

    /// A reader's caches, once per case.
    private static final long MEMORY = 64 << 20;

    private final List<String> names;
    private final MemoryStore sound = GoldenVault.load("sound");
    private final String described = Files.readString(GoldenVault.FOLDER.resolve("points.txt"));

    VaultFuzzTest() throws IOException {
        names = List.copyOf(sound.objects().keySet());
    }

    /// Each object, behind a byte that says which.
    private byte[][] objects() {
        byte[][] inputs = new byte[names.size()][];
        for (int i = 0; i < inputs.length; i++) {
            byte[] object = sound.objects().get(names.get(i));
            inputs[i] = ByteBuffer.allocate(1 + object.length)
                    .put((byte) i)
                    .put(object)
                    .array();
        }
        return inputs;
    }

    private MachineVault with(byte[] input) throws IOException {
        MemoryStore store = sound.copy();
        if (input.length > 0) {
            store.objects()
                    .put(names.get((input[0] & 0xff) % names.size()), Arrays.copyOfRange(input, 1, input.length));
        }
        return GoldenVault.in(store);
    }

    @Test
    @DisplayName("is checked to the end, and what the check passes reads as it was written")
    void checked() throws IOException {
        Fuzz.of("vault-check").good(objects()).usually(150).within(MEMORY).run(input -> {
            List<Finding> findings = new ArrayList<>();
            VaultCheck.machine(with(input), CheckDepth.DATA, 0, findings::add);
            if (findings.isEmpty()) {
                try (MachineReader reader = MachineReader.open(with(input))) {
                    assertThat(GoldenVault.describe(reader, with(input))).isEqualTo(described);
                }
            }
        });
    }

    @Test
    @DisplayName("reads as it was written, or is refused")
    void read() throws IOException {
        Fuzz.of("vault-read")
                .good(objects())
                .usually(150)
                .within(MEMORY)
                .refusesWith(DamagedObjectException.class)
                .refusesWith(StoreException.class)
                .run(input -> {
                    try (MachineReader reader = MachineReader.open(with(input))) {
                        assertThat(described).contains(GoldenVault.describe(reader, with(input)));
                    }
                });
    }
}
