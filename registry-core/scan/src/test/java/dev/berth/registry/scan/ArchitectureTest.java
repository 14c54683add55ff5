package dev.berth.registry.scan;

import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import dev.berth.registry.fixtures.ModuleRules;
import dev.berth.registry.scan.signature.SignatureVerifier;
import java.io.IOException;
import java.net.URISyntaxException;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void rulesOfEveryModuleHold() throws IOException, URISyntaxException {
        ModuleRules.of(SignatureVerifier.class).check();
    }

    @Test
    void signaturesAreCheckedWithoutKnowingWhatIsInAnImage() throws IOException, URISyntaxException {
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAPackage("dev.berth.registry.scan.signature..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.berth.registry.scan.inventory..",
                        "dev.berth.registry.scan.version..",
                        "dev.berth.registry.engine..",
                        "dev.berth.registry.server..",
                        "dev.berth.registry.client..")
                .because("they are beside an image in any registry")
                .check(ModuleRules.of(SignatureVerifier.class).classes());
    }

    /** What is in an image is told by what is in it; what is known against it may change every hour. */
    @Test
    void inventoriesAreMadeWithoutKnowingAdvisories() throws IOException, URISyntaxException {
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.berth.registry.scan.found..",
                        "dev.berth.registry.scan.format..",
                        "dev.berth.registry.scan.inventory..",
                        "dev.berth.registry.scan.version..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.berth.registry.scan.advisory..",
                        "dev.berth.registry.scan.internal.osv..",
                        "dev.berth.registry.scan.internal.index..")
                .because("an inventory that is kept stays right when advisories change")
                .check(ModuleRules.of(SignatureVerifier.class).classes());
    }
}
