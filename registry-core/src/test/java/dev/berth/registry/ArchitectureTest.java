package dev.berth.registry;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows between the packages of this module. */
class ArchitectureTest {
    private static final String ROOT = "dev.berth.registry";
    private static final String HTTP = "org.apache.hc..";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    /** Everything of Berth's but the package itself, the interface, and the packages that are named. */
    private static DescribedPredicate<JavaClass> othersThan(String itself, String... allowed) {
        DescribedPredicate<JavaClass> permitted = resideInAnyPackage(ROOT, ROOT + ".event", ROOT + "." + itself + "..");
        for (String name : allowed) {
            permitted = permitted.or(resideInAPackage(ROOT + "." + name));
        }
        return resideInAPackage(ROOT + "..").and(DescribedPredicate.not(permitted));
    }

    /** Each package beside the interface, and what of Berth's it may use besides that. */
    @ParameterizedTest
    @CsvSource({
        "server,        internal.wire internal.json",
        "client,        internal.wire internal.json",
        "compose,       ''",
        "copy,          image internal.json",
        "image,         internal.json storage",
        "engine,        storage image internal.json",
        "memory,        storage",
        "internal.wire, internal.json",
        "internal.json, ''",
        "testing,       server compose engine memory storage image client copy",
    })
    void leadOneWay(String name, String allowed) {
        noClasses()
                .that(resideInAPackage(ROOT + "." + name + ".."))
                .should()
                .dependOnClassesThat(othersThan(name, allowed.isEmpty() ? new String[0] : allowed.split(" ")))
                .because("what stands behind an interface must be free to change")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void leadInNoCircle() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"engine", "memory", "compose", "image", "copy", "internal.wire", "internal.json"})
    void leadToHttpOnlyFromServerAndClient(String name) {
        noClasses()
                .that(resideInAPackage(ROOT + "." + name + ".."))
                .should()
                .dependOnClassesThat(resideInAnyPackage(HTTP, "java.net.http.."))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void doNotShowThirdPartyTypesInPublicSignatures() {
        List<String> exported = List.of("server", "compose", "engine", "image", "memory", "client", "copy");
        DescribedPredicate<JavaClass> thirdParty =
                resideInAnyPackage(HTTP, "com.fasterxml..", "com.google..", "org.slf4j..");
        for (String name : exported) {
            noMethods()
                    .that()
                    .areDeclaredInClassesThat(resideInAPackage(ROOT + "." + name)
                            .and(DescribedPredicate.describe(
                                    "are public",
                                    javaClass -> javaClass.getModifiers().contains(JavaModifier.PUBLIC))))
                    .and()
                    .arePublic()
                    .should()
                    .haveRawReturnType(thirdParty)
                    .orShould()
                    .haveRawParameterTypes(DescribedPredicate.describe(
                            "third-party types", types -> types.stream().anyMatch(thirdParty)))
                    .allowEmptyShould(true)
                    .check(CLASSES);
        }
    }

    @Test
    void haveNoStaticStateThatChanges() {
        fields().that()
                .areStatic()
                .and()
                .areDeclaredInClassesThat(resideInAPackage(ROOT + ".."))
                .should()
                .beFinal()
                .check(CLASSES);
    }

    @Test
    void haveClassesThatAreFinalOrMeantToBeExtended() {
        classes()
                .that(resideInAPackage(ROOT + ".server..").or(resideInAPackage(ROOT + ".internal..")))
                .and()
                .areNotInterfaces()
                .and()
                .areTopLevelClasses()
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(CLASSES);
    }
}
