package dev.berth.registry.console.content;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.berth.registry.console.Console;
import dev.berth.registry.fixtures.ModuleRules;
import java.io.IOException;
import java.net.URISyntaxException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What shows images knows its libraries in one place")
class ContentLibrariesTest {
    private final JavaClasses classes = ModuleRules.of(Console.class).classes();

    ContentLibrariesTest() throws IOException, URISyntaxException {}

    @Test
    void withoutWhatReadsLayersTheRestWorks() {
        noClasses()
                .that()
                .haveNameNotMatching(".*[.]TarLayers([$].*)?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.berth.registry.image..")
                .because("an application may have the pages without registry-images")
                .check(classes);
    }

    @Test
    void onlyTheTextsInMarkdownKnowTheirParser() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.berth.registry.console.markdown")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.commonmark..")
                .because("no text is shown but as typed elements")
                .check(classes);
    }
}
