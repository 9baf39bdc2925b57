package dev.breakwater.configurationserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.configurationserver.store.Database;
import dev.breakwater.configurationserver.store.DiskTable;
import dev.breakwater.configurationserver.store.EventTable;
import dev.breakwater.configurationserver.store.MachineTable;
import dev.breakwater.configurationserver.store.Topics;
import dev.breakwater.control.admin.AdminClient;
import dev.breakwater.control.admin.EventKind;
import dev.breakwater.control.admin.Health;
import dev.breakwater.control.admin.MachineView;
import dev.breakwater.control.admin.ProtectionState;
import dev.breakwater.control.admin.StableWord;
import dev.breakwater.control.machine.DiskOrder;
import dev.breakwater.control.machine.MachineInventory;
import dev.breakwater.control.machine.MachineInventory.InventoryDisk;
import dev.breakwater.model.DiskId;
import dev.breakwater.model.Hardware;
import dev.breakwater.model.MachineId;
import dev.breakwater.platform.Threads;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sites with more machines than an answer holds. Rows are put in as registration does; nobody needs their keys.
class MachinePagesTest {

    private static final int MANY = 10_000;

    /// Some seconds on two busy cores; a console rests twice as long as it took.
    private static final Duration ENOUGH = Duration.ofSeconds(60);

    @Test
    @DisplayName("Ten thousand machines are read page by page, each once, by name, through HTTPS")
    void tenThousand(@TempDir Path folder) throws Exception {
        try (Site site = new Site(folder);
                AdminClient admin = site.admin()) {
            register(folder, MANY, 2);
            long begin = System.nanoTime();
            List<MachineView> machines = admin.machines();
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            assertThat(machines).hasSize(MANY).isSortedAccordingTo(Comparator.comparing(MachineView::name));
            assertThat(machines).extracting(MachineView::id).doesNotHaveDuplicates();
            assertThat(machines)
                    .allSatisfy(machine -> assertThat(machine.disks())
                            .extracting(MachineView.ProtectedDisk::device)
                            .containsExactly("/dev/disk0", "/dev/disk1"));
            assertThat(admin.status().problems()).hasSize(1001).last().satisfies(more -> {
                assertThat(more.text()).startsWith("9000 more are not listed here");
                assertThat(more.values()).containsEntry("count", "9000");
            });
            assertThat(took).isLessThan(ENOUGH);
        }
    }

    @Test
    @DisplayName("Machines that fill an answer end the page, and are all read")
    void largeMachines(@TempDir Path folder) throws Exception {
        try (Site site = new Site(folder);
                AdminClient admin = site.admin()) {
            register(folder, 90, 400);
            assertThat(admin.machines()).hasSize(90).extracting(MachineView::id).doesNotHaveDuplicates();
        }
    }

    @Test
    @DisplayName("Events are read backwards in pages that meet without a gap")
    void eventsBackwards(@TempDir Path folder) throws Exception {
        try (Site site = new Site(folder);
                AdminClient admin = site.admin()) {
            for (int i = 0; i < 4; i++) {
                site.machine("web-" + i);
            }
            var newest = admin.eventsBefore(Long.MAX_VALUE, 2);
            var older = admin.eventsBefore(newest.getLast().number(), 1000);
            assertThat(newest).hasSize(2);
            assertThat(newest.getFirst().number())
                    .isEqualTo(newest.getLast().number() + 1)
                    .isEqualTo(older.getFirst().number() + 2);
            assertThat(admin.eventsBefore(1, 10)).isEmpty();
        }
    }

    @Test
    @DisplayName("Events that fill an answer end the page, and are all read")
    void longEvents(@TempDir Path folder) throws Exception {
        int many = 400;
        try (Site site = new Site(folder);
                AdminClient admin = site.admin()) {
            // What a hostile machine says of itself takes six bytes a character.
            String said = "\u0001".repeat(StableWord.MAX_VALUE);
            try (Database database = Database.open(
                    folder.resolve("configuration.db"), InstantSource.system(), new Topics(Threads.system()))) {
                database.write(tx -> {
                    for (int i = 0; i < many; i++) {
                        EventTable.add(
                                tx,
                                Health.CRITICAL,
                                EventKind.VAULT_LOST_POINTS,
                                null,
                                null,
                                said,
                                said,
                                said,
                                said,
                                said);
                    }
                    return true;
                });
            }
            List<Long> numbers = new ArrayList<>();
            for (var page = admin.events(0);
                    !page.isEmpty();
                    page = admin.events(page.getLast().number())) {
                assertThat(page).hasSizeLessThan(many);
                page.forEach(event -> numbers.add(event.number()));
            }
            assertThat(numbers).hasSize(many).doesNotHaveDuplicates();
        }
    }

    @Test
    @DisplayName("Events of one machine are read without those of others, backwards and as they come")
    void eventsOfMachine(@TempDir Path folder) throws Exception {
        try (Site site = new Site(folder);
                AdminClient admin = site.admin()) {
            for (int i = 0; i < 3; i++) {
                site.machine("web-" + i);
            }
            var id = admin.machine("web-1").id();
            var all = admin.eventsBefore(Long.MAX_VALUE, 1000).stream()
                    .filter(event -> id.equals(event.machine()))
                    .toList();
            assertThat(all).isNotEmpty();
            assertThat(admin.eventsOf(id.toString(), Long.MAX_VALUE, 1000)).isEqualTo(all);
            assertThat(admin.eventsOf("web-1", 0)).isEqualTo(all.reversed());
            assertThat(admin.eventsOf("web-1", all.getFirst().number())).isEmpty();
            assertThatThrownBy(() -> admin.eventsOf("nobody", 0)).hasMessageContaining("nobody");
        }
    }

    private static void register(Path folder, int count, int disks) throws IOException {
        MachineInventory inventory = new MachineInventory(
                "host",
                "Ubuntu 24.04.3 LTS",
                "0.1.0",
                Hardware.Firmware.UEFI,
                4,
                8L << 30,
                List.of(),
                IntStream.range(0, disks)
                        .mapToObj(disk -> new InventoryDisk(
                                "/dev/disk" + disk, 100L << 30, disk == 0, "virtual disk", List.of("/data" + disk), ""))
                        .toList());
        try (Database database = Database.open(
                folder.resolve("configuration.db"), InstantSource.system(), new Topics(Threads.system()))) {
            database.write(tx -> {
                for (int number = 0; number < count; number++) {
                    MachineId id = new MachineId(UUID.randomUUID());
                    MachineTable.register(tx, id, "srv-%05d".formatted(number), "certificate-" + number, null);
                    MachineTable.inventory(tx, id, inventory);
                    DiskTable.protect(tx, id, protectedDisks(inventory));
                    MachineTable.byId(tx, id)
                            .ifPresent(row -> MachineTable.update(tx, row.in(ProtectionState.PROTECTED)));
                }
                return true;
            });
        }
    }

    private static List<DiskOrder> protectedDisks(MachineInventory inventory) {
        return inventory.disks().stream()
                .map(disk -> new DiskOrder(new DiskId(UUID.randomUUID()), disk.device(), disk.sizeBytes(), disk.boot()))
                .toList();
    }
}
