package dev.berth.registry.image;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import dev.berth.registry.fixtures.ModuleRules;
import java.io.IOException;
import java.net.URISyntaxException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-jdk")
class ArchitectureTest {

    @Test
    void usesOfCoreOnlyDocumentsFormatsAndClient() throws IOException, URISyntaxException {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("dev.berth.registry..")
                        .and(DescribedPredicate.not(resideInAnyPackage(
                                "dev.berth.registry",
                                "dev.berth.registry.storage",
                                "dev.berth.registry.image..",
                                "dev.berth.registry.manifest",
                                "dev.berth.registry.client..",
                                "dev.berth.registry.internal.json",
                                "dev.berth.registry.internal.archive",
                                "dev.berth.registry.internal.stream"))))
                .check(ModuleRules.of(ImageBuilder.class).classes());
    }

    @Test
    void rulesOfEveryModuleHold() throws IOException, URISyntaxException {
        ModuleRules.of(ImageBuilder.class).check();
    }
}
