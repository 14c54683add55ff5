package dev.berth.registry.scan;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
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
