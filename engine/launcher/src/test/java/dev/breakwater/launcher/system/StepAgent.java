package dev.breakwater.launcher.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/// A Java agent of these tests. It finds the steps of a program by itself: wherever the product's code calls
/// what changes something that outlives the program, it has [Steps] told right after. And it has the product
/// take the time of day from [ShiftedClock], and look after the vault every second instead of every minute.
/// The programs know nothing of it.
public final class StepAgent {

    private static final String PRODUCT = "dev/breakwater/";
    private static final String TESTS = "dev/breakwater/launcher/system/";
    private static final String RHYTHM = "dev/breakwater/processserver/ProcessServerSettings$Rhythm";

    /// What changes something that others, or the program's next life, can see.
    private static final Map<String, Set<String>> EFFECTS = Map.of(
            "java/nio/file/Files",
                    Set.of(
                            "move",
                            "delete",
                            "deleteIfExists",
                            "createLink",
                            "createFile",
                            "createDirectory",
                            "createDirectories",
                            "write",
                            "writeString",
                            "copy"),
            "java/nio/channels/FileChannel", Set.of("write", "force", "truncate"),
            "java/lang/ProcessBuilder", Set.of("start"),
            "java/lang/Process", Set.of("destroy", "destroyForcibly"),
            "java/lang/ProcessHandle", Set.of("destroy", "destroyForcibly"),
            "java/net/http/HttpClient", Set.of("send"),
            "org/jdbi/v3/core/Handle", Set.of("inTransaction"),
            "io/netty/channel/Channel", Set.of("writeAndFlush"),
            "dev/breakwater/platform/linux/Libc", Set.of("write", "ioctl", "fallocate", "syncfs"),
            "dev/breakwater/mobility/capture/CaptureState", Set.of("set", "begin", "invalidate"));

    private static final ClassDesc STEPS = ClassDesc.of(Steps.class.getName());
    private static final ClassDesc CLOCK = ClassDesc.of(ShiftedClock.class.getName());

    private StepAgent() {}

    /// Called by Java before the program's `main`.
    ///
    /// @param argument [#options]' folder, program and deaths, with a `,` between
    public static void premain(String argument, Instrumentation instrumentation) {
        String[] parts = argument.split(",", 3);
        Path folder = Path.of(parts[0]);
        if (!parts[1].equals(MachineLife.CONFIGURATION_SERVER)) {
            // It issues certificates, which Java checks by the computer's clock.
            ShiftedClock.follow(folder);
        }
        Steps.begin(folder, parts[1], Deaths.parse(parts[2]));
        instrumentation.addTransformer(new ClassFileTransformer() {
            @Override
            public byte @Nullable [] transform(
                    @Nullable ClassLoader loader,
                    @Nullable String name,
                    @Nullable Class<?> before,
                    @Nullable ProtectionDomain domain,
                    byte[] bytes) {
                return name == null || !name.startsWith(PRODUCT) || name.startsWith(TESTS) ? null : changed(bytes);
            }
        });
    }

    /// The options of a Java that runs with this agent.
    ///
    /// @param folder where [Steps] and [ShiftedClock] look
    /// @param program what it is called there
    static List<String> options(Path folder, String program, Deaths deaths) {
        return List.of("-javaagent:%s=%s,%s,%s".formatted(archive(folder), folder, program, deaths));
    }

    private static synchronized Path archive(Path folder) {
        Path archive = folder.resolve("step-agent.jar");
        if (!Files.exists(archive)) {
            Manifest manifest = new Manifest();
            manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
            manifest.getMainAttributes().putValue("Premain-Class", StepAgent.class.getName());
            // The class itself is found on the class path of the tests.
            try (var _ = new JarOutputStream(Files.newOutputStream(archive), manifest)) {
                return archive;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return archive;
    }

    private static byte @Nullable [] changed(byte[] bytes) {
        ClassFile context = ClassFile.of();
        ClassModel model = context.parse(bytes);
        for (PoolEntry entry : model.constantPool()) {
            if (entry instanceof MemberRefEntry member
                    && (isEffect(owner(member), member.name().stringValue()) || isTime(owner(member)))) {
                return context.transformClass(
                        model,
                        ClassTransform.transformingMethodBodies((code, element) -> change(model, code, element)));
            }
        }
        return null;
    }

    private static String owner(MemberRefEntry member) {
        return member.owner().asInternalName();
    }

    private static boolean isEffect(String owner, String method) {
        return EFFECTS.getOrDefault(owner, Set.of()).contains(method);
    }

    private static boolean isTime(String owner) {
        return owner.equals("java/time/InstantSource")
                || owner.equals("java/time/Instant")
                || owner.equals("java/time/Duration");
    }

    private static void change(ClassModel in, CodeBuilder code, CodeElement element) {
        if (!(element instanceof InvokeInstruction call)) {
            code.with(element);
            return;
        }
        String owner = call.owner().asInternalName();
        String method = call.name().stringValue();
        MethodTypeDesc type = call.typeSymbol();
        boolean oftenInstead = in.thisClass().asInternalName().equals(RHYTHM)
                && owner.equals("java/time/Duration")
                && (method.equals("ofMinutes") || method.equals("ofHours"));
        if (oftenInstead) {
            code.invokestatic(ClassDesc.of("java.time.Duration"), "ofSeconds", type);
        } else if (owner.equals("java/time/InstantSource") && method.equals("system")) {
            code.invokestatic(CLOCK, "system", type);
        } else if (owner.equals("java/time/Instant") && method.equals("now")) {
            code.invokestatic(CLOCK, "now", type);
        } else {
            code.with(element);
            if (isEffect(owner, method)) {
                String effect = owner.substring(owner.lastIndexOf('/') + 1) + "." + method;
                code.loadConstant(effect)
                        .invokestatic(STEPS, "done", MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String));
            }
        }
    }
}
