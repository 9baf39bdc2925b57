package dev.breakwater.launcher.system;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.StackWalker.StackFrame;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The steps that a program with [StepAgent] has come to, in this life and in earlier ones; at some it kills itself
/// with SIGKILL. A step has the name of the part of the work that the test is in, of the code that did something, of
/// what it did, and how often that was; what is done again and again counts the first time and at each further power
/// of [#APART].
///
/// In the folder are `phase`, of all programs, and of each `NAME.steps` and `NAME.deaths`, one a line;
/// and `death-N in PART`, if a part of the work has only so many deaths.
public final class Steps {

    private static final String PRODUCT = "dev.breakwater.";
    private static final int SIGKILL = 9;

    /// First, eighth, 64th time: at the beginning of much that is alike, and in the middle of it.
    private static final int APART = 8;

    private static final AtomicReference<@Nullable Steps> OF_THIS_PROGRAM = new AtomicReference<>();

    private final Path folder;
    private final String program;
    private final Deaths deaths;
    private final Set<String> known = new HashSet<>();
    private final Set<String> died = new HashSet<>();
    private final Map<String, Integer> counts = new HashMap<>();

    private Steps(Path folder, String program, Deaths deaths) {
        this.folder = folder;
        this.program = program;
        this.deaths = deaths;
        known.addAll(all(folder, program));
        died.addAll(deaths(folder, program));
    }

    static void begin(Path folder, String program, Deaths deaths) {
        OF_THIS_PROGRAM.set(new Steps(folder, program, deaths));
    }

    /// Says in which part of the work all programs are.
    static void phase(Path folder, String name) throws IOException {
        Path draft = folder.resolve("phase.new");
        Files.writeString(draft, name);
        Files.move(draft, folder.resolve("phase"), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    /// The steps that a program has come to, in their order.
    static List<String> all(Path folder, String program) {
        return lines(folder.resolve(program + ".steps"));
    }

    /// The steps at which it has died.
    static List<String> deaths(Path folder, String program) {
        return lines(folder.resolve(program + ".deaths"));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Called by the product's code, which has just done something.
    ///
    /// @param effect what
    public static void done(String effect) {
        Steps steps = OF_THIS_PROGRAM.get();
        if (steps != null) {
            steps.reached(effect + " in "
                    + StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                            .walk(frames -> place(frames.toList())));
        }
    }

    /// The method that did it, and the one in another class that had it done.
    private static String place(List<StackFrame> frames) {
        String method = "";
        String in = "";
        for (StackFrame frame : frames) {
            String type = frame.getClassName();
            if (!type.startsWith(PRODUCT) || type.equals(Steps.class.getName())) {
                continue;
            }
            type = type.substring(type.lastIndexOf('.') + 1);
            String here = type + "." + frame.getMethodName().replaceAll("^lambda\\$|\\$\\d+$", "");
            if (in.isEmpty()) {
                in = type;
                method = here;
            } else if (!type.equals(in)) {
                return method + " for " + here;
            }
        }
        return method;
    }

    private synchronized void reached(String what) {
        try {
            Path phase = folder.resolve("phase");
            String name = (Files.exists(phase) ? Files.readString(phase) : "begin") + ": " + what;
            int count = counts.merge(name, 1, Integer::sum);
            if (!isPower(count)) {
                return;
            }
            String step = name + ", " + count;
            if (known.add(step)) {
                add(".steps", step);
            }
            if (deaths.at(program + step) && !died.contains(step) && mayDie(name.substring(0, name.indexOf(':')))) {
                died.add(step);
                add(".deaths", step);
                die();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether there may be one more death in this part; counts it.
    private boolean mayDie(String part) throws IOException {
        if (!deaths.in(part)) {
            return false;
        }
        if (deaths.perPart() == 0) {
            return true;
        }
        for (int i = 0; i < deaths.perPart(); i++) {
            try {
                Files.createFile(folder.resolve("death-" + i + " in " + part));
                return true;
            } catch (FileAlreadyExistsException e) {
                // That one was another's.
            }
        }
        return false;
    }

    private static boolean isPower(int count) {
        int power = 1;
        while (power < count) {
            power *= APART;
        }
        return power == count;
    }

    private void add(String ending, String line) throws IOException {
        Files.writeString(
                folder.resolve(program + ending), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @SuppressWarnings("restricted")
    private static void die() {
        Linker linker = Linker.nativeLinker();
        MethodHandle kill = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("kill"), FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
        try {
            int _ = (int) kill.invokeExact((int) ProcessHandle.current().pid(), SIGKILL);
        } catch (Throwable e) {
            throw new AssertionError("The program cannot kill itself.", e);
        }
        while (true) {
            LockSupport.park();
        }
    }
}
