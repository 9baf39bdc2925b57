package dev.breakwater.launcher.system;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A machine that needs nothing but a BIOS: it says on its serial port that it is up, and halts. It fits before the
/// superblock of an ext4 file system.
final class BootSector {

    /// What it says.
    static final String SAYS = "this machine is up";

    private static final byte[] CODE = {
        0x31,
        (byte) 0xC0, // xor ax, ax
        (byte) 0x8E,
        (byte) 0xD8, // mov ds, ax
        (byte) 0xBE,
        0x15,
        0x7C, // mov si, what it says
        (byte) 0xBA,
        (byte) 0xF8,
        0x03, // mov dx, the first serial port
        (byte) 0xAC, // next: lodsb
        (byte) 0x84,
        (byte) 0xC0, // test al, al
        0x74,
        0x03, // jz end
        (byte) 0xEE, // out dx, al
        (byte) 0xEB,
        (byte) 0xF8, // jmp next
        (byte) 0xF4, // end: hlt
        (byte) 0xEB,
        (byte) 0xFD // jmp end
    };

    private static final int SECTOR = 512;

    private BootSector() {}

    /// Makes a disk bootable.
    static void write(Path device) throws IOException {
        ByteBuffer sector = ByteBuffer.allocate(SECTOR);
        sector.put(CODE).put((SAYS + "\n").getBytes(StandardCharsets.US_ASCII));
        sector.put(SECTOR - 2, (byte) 0x55).put(SECTOR - 1, (byte) 0xAA).rewind();
        try (FileChannel disk = FileChannel.open(device, StandardOpenOption.WRITE)) {
            while (sector.hasRemaining()) {
                disk.write(sector);
            }
            disk.force(true);
        }
    }
}
