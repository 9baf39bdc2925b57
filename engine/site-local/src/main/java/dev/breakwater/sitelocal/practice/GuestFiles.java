package dev.breakwater.sitelocal.practice;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// The files of the practice machine's root, save kernel and boot loader.
final class GuestFiles {

    private static final Path ANY_BUSYBOX = Path.of("busybox");

    /// The commands that the machine's scripts use, and some for a person at its console.
    private static final List<String> COMMANDS = List.of(
            "acpid",
            "cat",
            "cp",
            "date",
            "dd",
            "df",
            "dmesg",
            "echo",
            "findfs",
            "free",
            "hostname",
            "httpd",
            "ip",
            "kill",
            "killall",
            "ls",
            "md5sum",
            "mkdir",
            "mount",
            "mv",
            "poweroff",
            "ps",
            "reboot",
            "rm",
            "sh",
            "sha256sum",
            "sleep",
            "sync",
            "umount",
            "usleep",
            "vi",
            "nc");

    private GuestFiles() {}

    static byte[] bytes(String resource) throws IOException {
        try (InputStream in = GuestFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("the program is incomplete: " + resource + " is missing from its jar");
            }
            return in.readAllBytes();
        }
    }

    /// Fills a mounted root.
    static void write(Path root, Path busybox, String content) throws IOException {
        for (String folder : List.of(
                "bin",
                "sbin",
                "etc/acpi/PWRF",
                "dev",
                "proc",
                "sys",
                "data",
                "srv",
                "tmp",
                "var/log",
                "var/run",
                "boot/extlinux")) {
            Files.createDirectories(root.resolve(folder));
        }
        program(root.resolve("bin/busybox"), Files.readAllBytes(busybox));
        for (String command : COMMANDS) {
            Files.createSymbolicLink(root.resolve("bin").resolve(command), ANY_BUSYBOX);
        }
        Files.createSymbolicLink(root.resolve("sbin/init"), Path.of("../bin/busybox"));
        Files.write(root.resolve("etc/inittab"), bytes("inittab"));
        program(root.resolve("etc/rc"), bytes("rc"));
        program(root.resolve("etc/rc.shutdown"), bytes("rc.shutdown"));
        program(root.resolve("etc/acpi/PWRF/00000080"), bytes("power-button"));
        Files.write(root.resolve("boot/extlinux/extlinux.conf"), bytes("extlinux.conf"));
        Files.writeString(root.resolve("srv/content.txt"), content);
    }

    private static void program(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
