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
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows between the packages of this module. */
class ArchitectureTest {
    private static final String ROOT = "dev.berth.registry";
    private static final String HTTP = "org.apache.hc..";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            // Tests as well, but in a jar once it is packaged.
            .withImportOption(location -> !location.contains("/dev/berth/registry/contract/"))
            .importPackages(ROOT);

    /** Everything of Berth's but the package itself, the interface, and the packages that are named. */
    private static DescribedPredicate<JavaClass> othersThan(String itself, List<String> allowed) {
        DescribedPredicate<JavaClass> permitted = resideInAnyPackage(ROOT, ROOT + ".event", ROOT + "." + itself + "..");
        for (String name : allowed) {
            permitted = permitted.or(resideInAPackage(ROOT + "." + name));
        }
        return resideInAPackage(ROOT + "..").and(DescribedPredicate.not(permitted));
    }

    /** Each package beside the interface, and what of Berth's it may use besides that. */
    private static final Map<String, List<String>> ARROWS = Map.ofEntries(
            entry("server", "internal.wire", "internal.json", "internal.pem", "internal.stream"),
            entry("client", "manifest", "internal.wire", "internal.json", "internal.transport", "internal.stream"),
            entry("internal.transport", "internal.pem", "internal.stream"),
            entry("compose"),
            entry("copy", "manifest", "internal.json", "internal.stream"),
            entry("manifest", "internal.json"),
            entry("layout", "storage", "manifest", "internal.json", "internal.archive", "internal.stream"),
            entry("engine", "storage", "manifest", "internal.store", "internal.json"),
            entry("internal.store", "storage", "manifest", "internal.json", "internal.stream"),
            entry("memory", "storage", "internal.stream"),
            entry("internal.archive"),
            entry("internal.wire", "internal.json"),
            entry("internal.json"),
            entry("internal.stream"),
            entry("internal.pem"));

    private static Map.Entry<String, List<String>> entry(String name, String... allowed) {
        return Map.entry(name, List.of(allowed));
    }

    static Stream<Arguments> arrows() {
        return ARROWS.entrySet().stream().map(arrow -> Arguments.of(arrow.getKey(), arrow.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("arrows")
    void leadOneWay(String name, List<String> allowed) {
        noClasses()
                .that(resideInAPackage(ROOT + "." + name + ".."))
                .should()
                .dependOnClassesThat(othersThan(name, allowed))
                .because("what stands behind an interface must be free to change")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void leadFromAndToPackagesThatAreNamedHere() {
        classes()
                .should()
                .resideInAnyPackage(Stream.concat(
                                ARROWS.keySet().stream().map(name -> ROOT + "." + name + ".."),
                                Stream.of(ROOT, ROOT + ".event", ROOT + ".storage"))
                        .toArray(String[]::new))
                .check(CLASSES);
    }

    @Test
    void leadInNoCircle() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"engine", "memory", "compose", "manifest", "layout", "copy", "internal.wire", "internal.json"})
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
        List<String> exported = List.of(
                "server", "compose", "engine", "manifest", "layout", "memory", "client", "client.credentials", "copy");
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
                .and()
                // Base classes.
                .resideOutsideOfPackage(ROOT + ".internal.stream")
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(CLASSES);
    }
}
