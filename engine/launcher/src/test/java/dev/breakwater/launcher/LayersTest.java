package dev.breakwater.launcher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The arrows of engine/ARCHITECTURE.md: a component sees lower layers only, and never one of its own layer.
class LayersTest {

    private static final String ROOT = "dev.breakwater.";

    /// Layer of each component's package.
    private static final Map<String, Integer> LAYERS = new TreeMap<>(Map.ofEntries(
            Map.entry("model", 0),
            Map.entry("platform", 0),
            Map.entry("changelog", 1),
            Map.entry("framecodec", 1),
            Map.entry("wire", 1),
            Map.entry("control", 1),
            Map.entry("diskexport", 1),
            Map.entry("site", 1),
            Map.entry("vault", 2),
            Map.entry("processserver", 3),
            Map.entry("recovery", 3),
            Map.entry("sitelocal", 3),
            Map.entry("configurationserver", 4),
            Map.entry("launcher", 5),
            Map.entry("mobility", 5),
            Map.entry("simulation", 6),
            Map.entry("testkit", 6)));

    private static JavaClasses all;

    @BeforeAll
    static void read() {
        all = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.breakwater");
    }

    @Test
    @DisplayName("every package belongs to a component that this test knows")
    void knowsEveryComponent() {
        assertThat(all.stream()
                        .map(type -> type.getPackageName())
                        .filter(name -> name.startsWith(ROOT))
                        .map(name -> name.substring(ROOT.length()).split("\\.", 2)[0])
                        .distinct())
                .as("a component without a layer could see anything: add it to LAYERS and to engine/ARCHITECTURE.md")
                .isSubsetOf(LAYERS.keySet());
    }

    @Test
    @DisplayName("a component sees lower layers only, and none of its own layer")
    void arrowsPointDown() {
        LAYERS.forEach((component, layer) -> {
            List<String> forbidden = new ArrayList<>();
            LAYERS.forEach((other, itsLayer) -> {
                if (itsLayer >= layer && !other.equals(component)) {
                    forbidden.add(ROOT + other + "..");
                }
            });
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + component + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(forbidden.toArray(String[]::new))
                    .allowEmptyShould(true)
                    .because("arrows point to lower layers only, so that each part can be understood, tested and"
                            + " exchanged with what lies below it and nothing else")
                    .check(all);
        });
    }

    @Test
    @DisplayName("the mobility service sees no part of the engine but the seams meant for it")
    void mobilityServiceIsApart() {
        String[] seen = {"model", "platform", "changelog", "wire", "control", "mobility"};
        String[] hidden = LAYERS.keySet().stream()
                .filter(component -> Arrays.stream(seen).noneMatch(component::equals))
                .map(component -> ROOT + component + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(ROOT + "mobility..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(hidden)
                .allowEmptyShould(true)
                .because("it runs inside customers' machines: it must hold no key of the vault and no code of the"
                        + " servers, and stay small")
                .check(all);
    }

    @ParameterizedTest(name = "{0} is used in {1} only")
    @CsvSource(delimiter = '|', textBlock = """
            com.azure..          | vault.blob.azure..                            | another store must not need Azure's types
            io.netty..           | wire.. processserver.. diskexport.. simulation.. | the transport must not leak into the logic
            io.javalin..         | configurationserver..                         | only the control plane serves HTTP
            org.jdbi..           | configurationserver..                         | replication data never goes through a database
            org.bouncycastle..   | configurationserver.. control.. platform.tls.. | certificates are made in one place
            ch.qos.logback..     | platform.log..                                | one place decides where log lines go
            picocli..            | launcher.. mobility.command.. mobility..      | only the programs know a command line
            net.jpountz..        | platform.lz4..                                | one place decides how bytes are compressed
            javafx..             | desktop..                                     | an engine runs where there is no window
            """)
    @DisplayName("a library stays where it belongs")
    void librariesStayInTheirPlace(String library, String homes, String reason) {
        String[] allowed =
                Arrays.stream(homes.split(" ")).map(home -> ROOT + home).toArray(String[]::new);
        noClasses()
                .that()
                .resideOutsideOfPackages(allowed)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .allowEmptyShould(true)
                .because(reason)
                .check(all);
    }

    @Test
    @DisplayName("nobody but the launcher and the mobility service's main ends the process or writes to the console")
    void noExit() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "launcher..", ROOT + "mobility..")
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .allowEmptyShould(true)
                .because("a library that ends the process or prints cannot be used inside another program; use SLF4J")
                .check(all);
    }

    @Test
    @DisplayName("packages have no cycles")
    void noCycles() {
        slices().matching("dev.breakwater.(*)..")
                .should()
                .beFreeOfCycles()
                .because("two parts that need each other are one part")
                .check(all);
    }

    @Test
    @DisplayName("the model does no input or output")
    void modelIsPure() {
        classes()
                .that()
                .resideInAPackage(ROOT + "model..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + "model..",
                        "java.lang..",
                        "java.util..",
                        "java.time..",
                        "java.io",
                        "java.nio",
                        "java.nio.charset",
                        "java.net",
                        "java.security",
                        "javax.crypto..",
                        "org.jspecify..")
                .because("nouns are shared by everything and must be free of everything but calculation")
                .check(all);
    }
}
