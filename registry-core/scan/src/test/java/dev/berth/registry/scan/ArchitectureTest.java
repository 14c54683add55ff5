package dev.berth.registry.scan;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import dev.berth.registry.fixtures.ModuleRules;
import dev.berth.registry.scan.signature.SignatureVerifier;
import java.io.IOException;
import java.net.URISyntaxException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-jdk")
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

    @Test
    void findingsAreToldWithoutKnowingHowTheyWereFound() throws IOException, URISyntaxException {
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.berth.registry.scan.report..",
                        "dev.berth.registry.scan.accepted..",
                        "dev.berth.registry.scan.sarif..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.berth.registry.scan.inventory..",
                        "dev.berth.registry.scan.sbom..",
                        "dev.berth.registry.scan.signature..",
                        "dev.berth.registry.scan.version..",
                        "dev.berth.registry.engine..",
                        "dev.berth.registry.server..",
                        "dev.berth.registry.client..")
                .because("other scanners find, too, and another process may tell")
                .check(ModuleRules.of(SignatureVerifier.class).classes());
    }

    @Test
    void nothingKnowsTheServiceButWhatTellsOfIt() throws IOException, URISyntaxException {
        ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.berth.registry.scan.service..",
                        "dev.berth.registry.scan.api..",
                        "dev.berth.registry.scan.known..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.berth.registry.scan.service..", "dev.berth.registry.scan.api..")
                .because("verdicts reach others by Verdicts, and requests by their own interfaces")
                .check(ModuleRules.of(SignatureVerifier.class).classes());
    }

    @Test
    void otherScannersAreAskedWithoutKnowingWhy() throws IOException, URISyntaxException {
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAPackage("dev.berth.registry.scan.adapter..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.berth.registry.scan.inventory..",
                        "dev.berth.registry.scan.accepted..",
                        "dev.berth.registry.engine..",
                        "dev.berth.registry.server..",
                        "dev.berth.registry.storage..")
                .because("an adapter is a client of another program")
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

    @Test
    void theGateJudgesByReportsWithoutKnowingWhoMakesThem() throws IOException, URISyntaxException {
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAPackage("dev.berth.registry.scan.gate..")
                .should()
                .dependOnClassesThat(DescribedPredicate.and(
                        JavaClass.Predicates.resideInAPackage("dev.berth.registry.scan.."),
                        DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(
                                "dev.berth.registry.scan.gate",
                                "dev.berth.registry.scan.report",
                                "dev.berth.registry.scan.signature"))))
                .because("any scanner, and any list of what is accepted, can be behind it")
                .check(ModuleRules.of(SignatureVerifier.class).classes());
    }
}
