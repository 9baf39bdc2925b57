package dev.breakwater.sitelocal.practice;

import dev.breakwater.sitelocal.host.HostCommand;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The kernel of the practice machine: Debian's kernel for clouds, taken from its package without installing it, and
/// kept unpacked so that only the first machine needs the network.
///
/// @param kernel the kernel's image
/// @param modules folder with the kernel's drivers, at any depth
public record KernelFiles(Path kernel, Path modules) {

    private static final Pattern PACKAGE = Pattern.compile("linux-image-[0-9][0-9a-z.+~-]*-cloud-amd64");
    private static final String META_PACKAGE = "linux-image-cloud-amd64";

    /// The folder where kernels are kept for this user.
    public static Path defaultCache() {
        return Path.of(System.getProperty("user.home"), ".cache", "breakwater");
    }

    /// The kernel in the cache; downloads and unpacks it first if there is none. Safe for several processes.
    ///
    /// @throws IOException if there is none and none can be downloaded
    public static KernelFiles in(Path cache) throws IOException, InterruptedException {
        Files.createDirectories(cache);
        Path home = cache.resolve("kernel");
        try (FileChannel lock = FileChannel.open(
                        cache.resolve("kernel.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var _ = lock.lock()) {
            Optional<KernelFiles> kept = find(home);
            if (kept.isPresent()) {
                return kept.get();
            }
            download(cache, home);
            return find(home)
                    .orElseThrow(() -> new IOException("The downloaded kernel package holds no kernel; it"
                            + " was unpacked in " + home + ". Remove that folder and try again."));
        }
    }

    private static Optional<KernelFiles> find(Path home) throws IOException {
        Path boot = home.resolve("boot");
        Path modules = home.resolve("lib/modules");
        if (!Files.isDirectory(boot) || !Files.isDirectory(modules)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(boot)) {
            return files.filter(f -> f.getFileName().toString().startsWith("vmlinuz-"))
                    .findFirst()
                    .map(kernel -> new KernelFiles(kernel, modules));
        }
    }

    private static void download(Path cache, Path home) throws IOException, InterruptedException {
        Path work = Files.createTempDirectory(cache, "kernel-download");
        try {
            HostCommand.run(List.of("apt-get", "-q", "-o", "APT::Sandbox::User=root", "download", packageName()), work);
            Path archive;
            try (Stream<Path> files = Files.list(work)) {
                archive = files.filter(f -> f.toString().endsWith(".deb"))
                        .findFirst()
                        .orElseThrow(() -> new IOException("apt-get reported success but left no package"));
            }
            Path unpacked = work.resolve("unpacked");
            HostCommand.run(List.of("dpkg-deb", "-x", archive.toString(), unpacked.toString()));
            remove(home);
            Files.move(unpacked, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new IOException(
                    "The practice machine's kernel could not be downloaded, so no practice machine can be built: "
                            + e.getMessage() + "\nGet on-line (and run `apt-get update` if the package is unknown), or"
                            + " unpack a " + META_PACKAGE + " package into " + home + ".",
                    e);
        } finally {
            remove(work);
        }
    }

    /// The meta package depends on the newest kernel; we want the package that holds it.
    private static String packageName() throws IOException, InterruptedException {
        String depends = HostCommand.run(List.of("apt-cache", "depends", META_PACKAGE));
        Matcher matcher = PACKAGE.matcher(depends);
        if (!matcher.find()) {
            throw new IOException("apt-cache knows no kernel package behind " + META_PACKAGE + ": " + depends);
        }
        return matcher.group();
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
