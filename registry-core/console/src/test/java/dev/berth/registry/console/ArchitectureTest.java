package dev.berth.registry.console;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.berth.registry.fixtures.ModuleRules;
import java.io.IOException;
import java.net.URISyntaxException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-jdk")
class ArchitectureTest {

    @Test
    void rulesOfEveryModuleHold() throws IOException, URISyntaxException {
        ModuleRules.of(Console.class).check("com.fasterxml.jackson", "org.slf4j");
    }

    @Test
    void withoutAccountsAndScansTheRestWorks() throws IOException, URISyntaxException {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.berth.registry.console",
                        "dev.berth.registry.console.account..",
                        "dev.berth.registry.console.operation..",
                        "dev.berth.registry.console.finding..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.berth.registry.account..",
                        "dev.berth.registry.control..",
                        "dev.berth.registry.oidc..",
                        "dev.berth.registry.session..",
                        "dev.berth.registry.token..",
                        "dev.berth.registry.scan..")
                .because("an application may have the pages and neither accounts nor scans")
                .check(ModuleRules.of(Console.class).classes());
    }

    @Test
    void pagesAreMadeOfValuesThatEscape() throws IOException, URISyntaxException {
        noClasses()
                .that()
                .resideInAPackage("dev.berth.registry.console.html")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.berth.registry.console.page..")
                .check(ModuleRules.of(Console.class).classes());
    }
}
