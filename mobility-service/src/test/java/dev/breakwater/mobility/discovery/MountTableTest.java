package dev.breakwater.mobility.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The mount table")
class MountTableTest {

    @Test
    @DisplayName("is read with optional fields, blanks in names, and read-only file systems")
    void reads() {
        assertThat(MountTable.parse(List.of(
                        "36 35 98:0 /mnt1 /mnt\\0402 rw,noatime master:1 shared:2 - ext3 /dev/root rw,errors=continue",
                        "27 1 254:0 / / rw,relatime - ext4 /dev/vda ro,discard",
                        "nonsense")))
                .containsExactly(
                        new MountTable.Line(
                                "98:0", "/mnt1", "/mnt 2", "ext3", "/dev/root", "rw,errors=continue", false),
                        new MountTable.Line("254:0", "/", "/", "ext4", "/dev/vda", "ro,discard", true));
    }

    @Test
    @DisplayName("of this machine has a root, whose disk is found")
    void ofThisMachine() throws Exception {
        List<DiscoveredDisk> disks = new LinuxDisks().disks();
        assertThat(disks).allSatisfy(disk -> assertThat(disk.sizeBytes()).isPositive());
    }
}
