package dev.breakwater.launcher.system;

import dev.breakwater.launcher.files.Tree;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;

/// The product's classes as jars, with an ahead-of-time cache (JEP 514) of each of the two programs that tests start
/// over
/// and over: they start in half the processor time. Java makes no such cache of classes that lie in folders. Whichever
/// process of the tests needs it first makes it, of what is built now.
final class ProgramImage {

    private static final Path FOLDER = Path.of("target", "programs").toAbsolutePath();
    private static final Path LOCK = FOLDER.resolveSibling("programs.lock");

    /// Of which class path the image is; written last.
    private static final String MADE_OF = "made-of";

    /// Java writes a cache in some seconds, when the program ends.
    private static final Duration END = Duration.ofMinutes(2);

    private static final Duration START = Duration.ofMinutes(1);

    private static boolean rehearsing;
    private static String classPath = "";

    private ProgramImage() {}

    /// The options with which Java finds the program, and starts it quickly.
    static synchronized List<String> javaOptions(String mainClass) {
        if (classPath.isEmpty()) {
            makeOrFind();
        }
        List<String> options = new ArrayList<>(List.of("-cp", classPath));
        if (!rehearsing) {
            // Where the cache cannot be used, beside another clock for example, Java goes without and need not say so.
            options.addAll(List.of("-XX:AOTCache=" + cache(mainClass), "-Xlog:aot=off", "-Xlog:cds=off"));
        }
        return options;
    }

    private static Path cache(String mainClass) {
        return FOLDER.resolve(mainClass + ".aot");
    }

    private static void makeOrFind() {
        try {
            Files.createDirectories(LOCK.getParent());
            // The tests of this module run in several processes.
            try (FileChannel lock = FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var _ = lock.lock()) {
                String state = stateOfClasses();
                Path madeOf = FOLDER.resolve(MADE_OF);
                boolean found = Files.exists(madeOf) && Files.readString(madeOf).equals(state);
                if (!found) {
                    Tree.delete(FOLDER);
                    Files.createDirectories(FOLDER);
                }
                classPath = jars(!found);
                if (!found) {
                    rehearse();
                    Files.writeString(madeOf, state);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> classes() {
        return List.of(System.getProperty("java.class.path").split(File.pathSeparator)).stream()
                .map(Path::of)
                .filter(Files::exists)
                .toList();
    }

    private static String stateOfClasses() throws IOException {
        StringBuilder state = new StringBuilder();
        for (Path entry : classes()) {
            for (Path file : LiveTree.files(entry)) {
                state.append("%s %d %s%n".formatted(file, Files.size(file), Files.getLastModifiedTime(file)));
            }
        }
        return state.toString();
    }

    /// The class path with a jar in the place of each folder.
    private static String jars(boolean write) throws IOException {
        List<String> jars = new ArrayList<>();
        for (Path entry : classes()) {
            Path jar = Files.isDirectory(entry) ? FOLDER.resolve(jars.size() + ".jar") : entry;
            if (write && !jar.equals(entry)) {
                pack(entry, jar);
            }
            jars.add(jar.toString());
        }
        return String.join(File.pathSeparator, jars);
    }

    private static void pack(Path folder, Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> tree = Files.walk(folder)) {
            out.setLevel(Deflater.NO_COMPRESSION);
            for (Path path : tree.filter(path -> !path.equals(folder)).toList()) {
                // Without entries of their own, folders in a jar cannot be searched, as is done for migrations.
                boolean isFolder = Files.isDirectory(path);
                out.putNextEntry(new JarEntry(folder.relativize(path) + (isFolder ? "/" : "")));
                if (!isFolder) {
                    Files.copy(path, out);
                }
                out.closeEntry();
            }
        }
    }

    /// Has an engine and a mobility service run once, which write down what they load.
    private static void rehearse() throws IOException {
        Path scratch = Files.createTempDirectory("rehearsal");
        rehearsing = true;
        try (Deployment deployment = Deployment.create(scratch)) {
            deployment.javaOptions(program -> List.of(
                    "-XX:AOTCacheOutput=" + cache(program.equals("engine") ? Deployment.LAUNCHER : Deployment.AGENT)));
            Subprocess engine = deployment.startEngine();
            Subprocess agent = deployment.startAgent("machine");
            Waiting.until(
                    "the mobility service has been heard",
                    START,
                    () -> deployment
                            .admin("machines", "list")
                            .get(0)
                            .path("lastHeartbeat")
                            .isTextual(),
                    agent::tail);
            for (Subprocess program : List.of(agent, engine)) {
                program.terminate();
                program.await(END);
            }
        } finally {
            rehearsing = false;
            Tree.delete(scratch);
        }
    }
}
