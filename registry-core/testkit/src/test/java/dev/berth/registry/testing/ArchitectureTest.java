package dev.berth.registry.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.berth.registry.fixtures.ModuleRules;
import java.io.IOException;
import java.net.URISyntaxException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-jdk")
class ArchitectureTest {

    @Test
    void usesNoStoreOfFilesOrBucketsAndNoInnerPartOfTheEngine() throws IOException, URISyntaxException {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.berth.registry.storage.fs..",
                        "dev.berth.registry.storage.s3..",
                        "dev.berth.registry.internal.store..",
                        "dev.berth.registry.internal.transport..",
                        "org.apache.hc..",
                        "org.apache.commons.compress..",
                        "com.github.luben..")
                .check(ModuleRules.of(TestRegistry.class).classes());
    }

    @Test
    void rulesOfEveryModuleHold() throws IOException, URISyntaxException {
        ModuleRules.of(TestRegistry.class).check("org.junit.jupiter.api.", "org.assertj.core.");
    }
}
