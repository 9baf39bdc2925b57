package dev.breakwater.sitelocal.practice;

import dev.breakwater.sitelocal.host.HostCommand;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The kernel of the practice machine: Debian's kernel for clouds, taken from its package without installing it, and
/// kept unpacked so that only the first machine needs the network.
///
/// @param kernel the kernel's image
/// @param modules folder with the kernel's drivers, at any depth
public record KernelFiles(Path kernel, Path modules) {

    /// Packages that depend on the newest kernel: Debian's for clouds, Ubuntu's for virtual machines.
    private static final List<String> META_PACKAGES = List.of("linux-image-cloud-amd64", "linux-image-virtual");

    /// The packages that hold it; Ubuntu has the drivers in one of their own.
    private static final Pattern PACKAGE = Pattern.compile("linux-(image|modules)-[0-9][0-9a-z.+~-]*");

    /// The folder where kernels are kept for this user.
    public static Path defaultCache() {
        return Path.of(System.getProperty("user.home"), ".cache", "breakwater");
    }

    /// The kernel in the cache; downloads and unpacks it first if there is none. Safe for several processes.
    ///
    /// @throws IOException if there is none and none can be downloaded
    public static synchronized KernelFiles in(Path cache) throws IOException, InterruptedException {
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
        Path modules = home.resolve(Files.isDirectory(home.resolve("lib/modules")) ? "lib/modules" : "usr/lib/modules");
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
            List<String> command =
                    new ArrayList<>(List.of("apt-get", "-q", "-o", "APT::Sandbox::User=root", "download"));
            command.addAll(packageNames());
            HostCommand.run(command, work);
            Path unpacked = work.resolve("unpacked");
            try (Stream<Path> files = Files.list(work)) {
                for (Path archive :
                        files.filter(f -> f.toString().endsWith(".deb")).toList()) {
                    HostCommand.run(List.of("dpkg-deb", "-x", archive.toString(), unpacked.toString()));
                }
            }
            remove(home);
            Files.move(unpacked, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new IOException(
                    "The practice machine's kernel could not be downloaded, so no practice machine can be built: "
                            + e.getMessage() + "\nGet on-line (and run `apt-get update` if the package is unknown), or"
                            + " unpack the package behind " + META_PACKAGES.getFirst() + " into " + home + ".",
                    e);
        } finally {
            remove(work);
        }
    }

    private static List<String> packageNames() throws IOException, InterruptedException {
        IOException last = new IOException("no package is known that holds a kernel for virtual machines");
        for (String metaPackage : META_PACKAGES) {
            try {
                Matcher matcher = PACKAGE.matcher(HostCommand.run(List.of("apt-cache", "depends", metaPackage)));
                Set<String> names = new LinkedHashSet<>();
                while (matcher.find()) {
                    names.add(matcher.group());
                }
                if (!names.isEmpty()) {
                    return withModules(names);
                }
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    private static List<String> withModules(Set<String> names) throws IOException, InterruptedException {
        for (String name : List.copyOf(names)) {
            Matcher matcher = PACKAGE.matcher(HostCommand.run(List.of("apt-cache", "depends", name)));
            while (matcher.find()) {
                if (matcher.group().startsWith("linux-modules")) {
                    names.add(matcher.group());
                }
            }
        }
        return List.copyOf(names);
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
