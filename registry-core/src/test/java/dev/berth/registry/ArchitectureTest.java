package dev.berth.registry;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.fixtures.ModuleRules;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules for the packages of this module: which may use which, and what they may show. */
@Tag("any-jdk")
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
            entry(
                    "server",
                    "internal.budget",
                    "internal.wire",
                    "internal.json",
                    "internal.pem",
                    "internal.http",
                    "internal.stream",
                    "internal.thread"),
            entry("server.basic", "server", "internal.wire"),
            entry("server.http1", "server.http1.message", "internal.wire", "internal.stream", "internal.thread"),
            entry("server.http1.message", "internal.wire"),
            entry("server.log", "server", "internal.json"),
            entry("server.resources", "server", "internal.budget", "internal.wire", "internal.json", "internal.stream"),
            entry(
                    "client",
                    "manifest",
                    "internal.cache",
                    "internal.wire",
                    "internal.json",
                    "internal.transport",
                    "internal.stream",
                    "internal.http"),
            entry(
                    "client.auth",
                    "client.http",
                    "client.credentials",
                    "internal.cache",
                    "internal.wire",
                    "internal.json",
                    "internal.stream",
                    "internal.transport"),
            entry("client.credentials", "internal.json"),
            entry("client.http", "client.limit", "internal.wire", "internal.transport"),
            entry("client.limit"),
            entry("internal.browser", "server", "internal.wire"),
            entry("internal.transport", "internal.pem", "internal.stream", "internal.wire"),
            entry("access", "audit", "compose", "server"),
            // The audit in the store: its keys, and its events as lines.
            entry("audit", "compose", "internal.cache", "internal.json", "internal.store", "internal.wire", "storage"),
            entry("compose", "manifest"),
            entry("quota", "access", "compose", "storage", "internal.budget", "internal.store"),
            entry("rules", "access", "audit", "compose", "copy", "engine", "manifest"),
            entry("copy", "manifest", "internal.json", "internal.stream", "internal.thread"),
            entry("manifest", "internal.json"),
            entry("layout", "storage", "manifest", "internal.json", "internal.archive", "internal.stream"),
            entry(
                    "engine",
                    "audit",
                    "internal.budget",
                    "internal.cache",
                    "storage",
                    "manifest",
                    "internal.hash",
                    "internal.store",
                    "internal.trash",
                    "internal.json"),
            entry("internal.trash", "audit", "internal.budget", "internal.store", "manifest", "storage"),
            entry(
                    "internal.store",
                    "internal.budget",
                    "storage",
                    "manifest",
                    "internal.cache",
                    "internal.hash",
                    "internal.json"),
            entry(
                    "maintenance",
                    "audit",
                    "internal.budget",
                    // Dry runs: one at a time, which is a lease; reports are kept as JSON.
                    "internal.eventlog",
                    "internal.json",
                    "internal.store",
                    "manifest",
                    "storage"),
            entry("pulls", "storage", "compose", "internal.store"),
            entry(
                    "webhook",
                    "access",
                    "client.http",
                    "compose",
                    "internal.event",
                    "internal.eventlog",
                    "internal.json",
                    "internal.pace",
                    "internal.transport",
                    "internal.wire",
                    "storage"),
            entry("internal.eventlog", "internal.store", "storage"),
            entry("internal.event", "internal.json"),
            entry(
                    "metrics",
                    "access",
                    "engine",
                    "maintenance",
                    "maintenance.scrub",
                    "client.limit",
                    "mirror",
                    "mirror.replication",
                    "quota",
                    "rules",
                    "server",
                    "storage",
                    "webhook"),
            // The one place that puts all others together. None of them knows it.
            entry(
                    "host",
                    "access",
                    "audit",
                    "audit.store",
                    "compose",
                    "engine",
                    "maintenance",
                    "maintenance.scrub",
                    "metrics",
                    "mirror",
                    "mirror.replication",
                    "pulls",
                    "quota",
                    "rules",
                    "server",
                    "storage",
                    "webhook",
                    "internal.thread"),
            entry(
                    "mirror",
                    "access",
                    "audit",
                    "client.limit",
                    "compose",
                    "copy",
                    "engine",
                    "manifest",
                    "server",
                    "storage",
                    "internal.cache",
                    // Replication: the lease of a comparison, and when to try again.
                    "internal.eventlog",
                    "internal.pace",
                    "internal.store",
                    "internal.stream",
                    "internal.wire",
                    "internal.thread"),
            entry("memory", "storage", "internal.stream"),
            entry("internal.archive"),
            entry("internal.budget"),
            entry("internal.cache"),
            entry("internal.hash", "internal.cache", "internal.stream"),
            entry("internal.wire", "internal.json"),
            entry("internal.http"),
            entry("internal.json"),
            entry("internal.pace", "internal.thread"),
            entry("internal.stream"),
            entry("internal.thread"),
            entry("internal.pem"));

    private static Map.Entry<String, List<String>> entry(String name, String... allowed) {
        return Map.entry(name, List.of(allowed));
    }

    static Stream<Arguments> arrows() {
        return ARROWS.entrySet().stream().map(arrow -> Arguments.of(arrow.getKey(), arrow.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("arrows")
    void packagesUseOnlyWhatTheirArrowsAllow(String name, List<String> allowed) {
        noClasses()
                .that(resideInAPackage(ROOT + "." + name + ".."))
                .should()
                .dependOnClassesThat(othersThan(name, allowed))
                .because("what stands behind an interface must be free to change")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void everyPackageIsNamedHere() {
        classes()
                .should()
                .resideInAnyPackage(Stream.concat(
                                ARROWS.keySet().stream().map(name -> ROOT + "." + name + ".."),
                                Stream.of(ROOT, ROOT + ".event", ROOT + ".storage"))
                        .toArray(String[]::new))
                .check(CLASSES);
    }

    /** Each package for itself, but for the handlers of the server's resources, which are a part of the server. */
    private static final class Packages implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            return SliceIdentifier.of(javaClass.getPackageName().replace(".server.resources", ".server"));
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }

    @Test
    void packagesFormNoCycle() {
        slices().assignedFrom(new Packages()).should().beFreeOfCycles().check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"engine", "memory", "compose", "manifest", "layout", "copy", "internal.wire", "internal.json"})
    void onlyServerAndClientUseHttp(String name) {
        noClasses()
                .that(resideInAPackage(ROOT + "." + name + ".."))
                .should()
                .dependOnClassesThat(resideInAnyPackage(HTTP, "java.net.http.."))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    /** The server serves any registry, and the engine works without a server. */
    @Test
    void serverAndEngineDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".server..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".engine..", ROOT + ".internal.store..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".engine..", ROOT + ".internal.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + ".server..",
                        ROOT + ".client..",
                        ROOT + ".internal.http..",
                        ROOT + ".internal.transport..",
                        ROOT + ".internal.wire..")
                .check(CLASSES);
    }

    @Test
    void onlyEngineAndMaintenanceUseTheStorePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        ROOT + ".audit.store..",
                        ROOT + ".engine..",
                        ROOT + ".maintenance..",
                        ROOT + ".mirror..",
                        ROOT + ".pulls..",
                        ROOT + ".quota..",
                        ROOT + ".internal.eventlog..",
                        ROOT + ".internal.store..",
                        ROOT + ".internal.trash..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".internal.store..")
                .check(CLASSES);
    }

    @Test
    void noClassUsesAnOptionalModuleOrItsLibraries() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + ".image..",
                        ROOT + ".testing..",
                        ROOT + ".storage.fs..",
                        ROOT + ".storage.s3..",
                        "org.apache.commons.compress..",
                        "com.github.luben..",
                        "software.amazon..",
                        "org.junit..",
                        "org.assertj..")
                .check(CLASSES);
    }

    @Test
    void rulesOfEveryModuleHold() throws IOException, URISyntaxException {
        ModuleRules.of(StorageRegistry.class).check();
        ModuleRules.of(Registry.class).check();
    }

    @Test
    void classesOfServerAndInternalPackagesAreFinalOrAbstract() {
        classes()
                .that(resideInAPackage(ROOT + ".server..").or(resideInAPackage(ROOT + ".internal..")))
                .and()
                .areNotInterfaces()
                .and()
                .areTopLevelClasses()
                .should()
                .haveModifier(JavaModifier.FINAL)
                .orShould()
                .haveModifier(JavaModifier.ABSTRACT)
                .check(CLASSES);
    }
}
