package dev.breakwater.sitelocal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where the files of a run are.
///
/// @param folder the run's own folder
/// @param sockets the folder of its sockets
record RunFiles(Path folder, Path sockets) {

    /// The kernel takes no unix socket's path longer than 107 bytes, and the names of our sockets need 10.
    private static final int MAX_SOCKET_FOLDER_CHARS = 80;

    /// Makes the folders. The sockets' one lies in the folder for temporary files, or in `/tmp` where that one's path
    /// is too long; only this user may enter it.
    static RunFiles make(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path temporary = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
        Path base = temporary.toString().length() > MAX_SOCKET_FOLDER_CHARS ? Path.of("/tmp") : temporary;
        return new RunFiles(folder, Files.createTempDirectory(base, "bw"));
    }

    Path qmpSocket() {
        return sockets.resolve("qmp.sock");
    }

    Path nbdSocket() {
        return sockets.resolve("nbd.sock");
    }

    Path serialLog() {
        return folder.resolve("serial.log");
    }

    Path qemuLog() {
        return folder.resolve("qemu.log");
    }

    Path overlay(int disk) {
        return folder.resolve("disk" + disk + ".qcow2");
    }

    static String export(int disk) {
        return "disk" + disk;
    }
}
