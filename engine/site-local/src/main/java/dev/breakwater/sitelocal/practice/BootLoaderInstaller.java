package dev.breakwater.sitelocal.practice;

import dev.breakwater.sitelocal.host.HostCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Installs the boot loader into an image for users who may not mount it: a helper machine does it, in emulation, in
/// about five seconds.
final class BootLoaderInstaller {

    static final Path QEMU = Path.of("/usr/bin/qemu-system-x86_64");
    private static final Path EXTLINUX = Path.of("/usr/bin/extlinux");
    private static final Pattern LIBRARY = Pattern.compile("(/\\S+)\\s+\\(0x");
    private static final String DONE = "=== INSTALLED";

    private BootLoaderInstaller() {}

    /// Installs it into the first partition of the image.
    ///
    /// @param work folder for what the helper machine needs
    static void install(Path image, KernelFiles kernel, Path busybox, Path work)
            throws IOException, InterruptedException {
        Path initramfs = work.resolve("installer.cpio.gz");
        List<Path> programs = new ArrayList<>(List.of(EXTLINUX));
        Matcher libraries = LIBRARY.matcher(HostCommand.run(List.of("ldd", EXTLINUX.toString())));
        while (libraries.find()) {
            programs.add(Path.of(libraries.group(1)));
        }
        Initramfs.write(initramfs, "installer-init", kernel, busybox, programs);
        Path log = work.resolve("installer.log");
        HostCommand.run(List.of(
                QEMU.toString(),
                "-accel",
                "tcg",
                "-nodefaults",
                "-no-user-config",
                "-m",
                "256",
                "-display",
                "none",
                "-no-reboot",
                "-kernel",
                kernel.kernel().toString(),
                "-initrd",
                initramfs.toString(),
                "-append",
                "console=ttyS0 quiet panic=-1",
                "-serial",
                "file:" + log,
                "-drive",
                "if=virtio,format=raw,file=" + image.toString().replace(",", ",,")));
        String said = Files.exists(log) ? Files.readString(log) : "";
        if (!said.contains(DONE)) {
            throw new IOException("The boot loader could not be installed into " + image + ", so the practice machine"
                    + " would not start. The helper machine says: " + said.strip());
        }
    }
}
