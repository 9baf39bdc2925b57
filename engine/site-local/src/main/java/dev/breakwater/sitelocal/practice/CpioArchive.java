package dev.breakwater.sitelocal.practice;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Writes a cpio archive of the form that Linux takes as its first file system ("newc").
final class CpioArchive {

    private static final int FOLDER = 0040755;
    private static final int PROGRAM = 0100755;

    private final OutputStream out;
    private int inode;

    CpioArchive(OutputStream out) {
        this.out = out;
    }

    void folder(String name) throws IOException {
        entry(name, FOLDER, new byte[0]);
    }

    void file(String name, byte[] content) throws IOException {
        entry(name, PROGRAM, content);
    }

    void finish() throws IOException {
        entry("TRAILER!!!", 0, new byte[0]);
        out.flush();
    }

    private void entry(String name, int mode, byte[] content) throws IOException {
        byte[] nameBytes = (name + "\0").getBytes(StandardCharsets.US_ASCII);
        inode++;
        String header = String.format(
                Locale.ROOT,
                "070701%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x",
                inode,
                mode,
                0,
                0,
                1,
                0,
                content.length,
                0,
                0,
                0,
                0,
                nameBytes.length,
                0);
        out.write(header.getBytes(StandardCharsets.US_ASCII));
        out.write(nameBytes);
        pad(header.length() + nameBytes.length);
        out.write(content);
        pad(content.length);
    }

    private void pad(int length) throws IOException {
        out.write(new byte[(4 - length % 4) % 4]);
    }
}
