package dev.breakwater.desktop;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The arrows of this module's ARCHITECTURE.md.
class ConsoleLayersTest {

    private static final String ROOT = "dev.breakwater.desktop";
    private static JavaClasses all;

    @BeforeAll
    static void read() {
        all = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT);
    }

    @Test
    @DisplayName("the console sees model, platform and control-api, and no other part of the engine")
    void seesOnlyTheInterface() {
        noClasses()
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are other parts of Breakwater",
                        (JavaClass type) -> type.getPackageName().startsWith("dev.breakwater.")
                                && !type.getPackageName().startsWith(ROOT)
                                && !type.getPackageName()
                                        .matches("dev\\.breakwater\\.(model|platform|control)(\\..*)?")))
                .because("it must work with an engine on another computer, and hold nothing of its servers")
                .check(all);
    }

    @Test
    @DisplayName("the door and what is worked out for pages know of no window")
    void modelsKnowNoWindow() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + ".door..",
                        ROOT + ".engine..",
                        ROOT + ".estate..",
                        ROOT + ".texts..",
                        ROOT + ".preferences..")
                .or()
                .haveSimpleNameEndingWith("Model")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javafx..", "atlantafx..", "org.kordamp..")
                .because("rules must be tested without a window")
                .check(all);
    }

    @Test
    @DisplayName("folders have no cycles")
    void noCycles() {
        slices().matching(ROOT + ".(*)..")
                .should()
                .beFreeOfCycles()
                .because("two folders that need each other are one")
                .check(all);
    }
}
