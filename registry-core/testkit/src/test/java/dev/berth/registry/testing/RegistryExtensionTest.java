package dev.berth.registry.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The extension as the tests see it to which it is given. */
class RegistryExtensionTest {

    @Nested
    @WithRegistry
    class ByAnnotation {

        @Test
        void everythingThatWasAskedForIsTheSameRegistry(
                TestRegistry registry, Registry view, @RegistryAddress String address, @RegistryAddress URI uri)
                throws Exception {
            registry.push("app:1.0", TestImages.empty());

            assertThat(view.repositories().toList()).containsExactly(RepositoryName.parse("app"));
            assertThat(uri).isEqualTo(registry.uri());
            assertThat(address).isEqualTo(registry.address());
            assertThat(new Client(registry).get("/v2/").statusCode()).isEqualTo(200);
        }
    }

    @Nested
    class WithAStaticField {
        @RegisterExtension
        static final RegistryExtension REGISTRY =
                RegistryExtension.of(TestRegistry.builder().image("app:1.0", TestImages.empty()));

        private static TestRegistry first;

        @BeforeAll
        static void remember(TestRegistry registry) {
            first = registry;
        }

        @RepeatedTest(2)
        void theRegistryIsShared(TestRegistry registry) {
            assertThat(registry).isSameAs(first);
            assertThat(registry.registry().repositories().toList()).containsExactly(RepositoryName.parse("app"));
        }

        @Nested
        class AndANestedClass {
            @Test
            void theRegistryIsSharedWithNestedTests(TestRegistry registry) {
                assertThat(registry).isSameAs(first);
            }
        }

        @AfterAll
        static void isStillOpen(TestRegistry registry) {
            assertThat(registry.uri()).isEqualTo(first.uri());
        }
    }

    @Nested
    class WithAnInstanceField {
        private static final Set<TestRegistry> SEEN = ConcurrentHashMap.newKeySet();

        @RegisterExtension
        final RegistryExtension extension =
                RegistryExtension.of(TestRegistry.builder().withoutSocket());

        @BeforeEach
        void push(TestRegistry registry) {
            assertThat(registry.registry().repositories().toList()).isEmpty();
            registry.push("app:1.0", TestImages.empty());
        }

        @RepeatedTest(3)
        void eachTestHasItsOwnAndThoseOfTheOthersAreClosed(TestRegistry registry) {
            assertThat(SEEN).allSatisfy(other -> assertThat(other).hasToString("TestRegistry (closed)"));
            assertThat(SEEN.add(registry)).isTrue();
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class WithAnInstanceFieldOfAnInstancePerClass {
        @RegisterExtension
        final RegistryExtension extension = new RegistryExtension();

        private TestRegistry first;

        @BeforeAll
        void remember(TestRegistry registry) {
            first = registry;
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void theRegistryIsSharedAlsoByParameterizedTests(
                int number, TestRegistry registry, @RegistryAddress String address) {
            assertThat(registry).isSameAs(first);
            assertThat(address).isEqualTo(registry.address());
        }

        @TestFactory
        Stream<DynamicTest> andByDynamicTests(TestRegistry registry) {
            return Stream.of(
                    dynamicTest("it is open", () -> assertThat(registry.uri()).isEqualTo(first.uri())));
        }
    }

    /** The field is one for both classes; the registries are not. */
    abstract static class Inherited {
        @RegisterExtension
        static final RegistryExtension EXTENSION = new RegistryExtension();

        private static final Set<TestRegistry> SEEN = ConcurrentHashMap.newKeySet();

        private final TestRegistry given;

        Inherited(TestRegistry given) {
            this.given = given;
        }

        @Test
        void eachClassHasItsOwn(TestRegistry registry) {
            assertThat(registry).isSameAs(given);
            assertThat(registry.uri()).isNotNull();
            assertThat(SEEN.add(registry)).isTrue();
        }
    }

    @Nested
    class WithAnInheritedField extends Inherited {
        WithAnInheritedField(TestRegistry given) {
            super(given);
        }
    }

    @Nested
    class WithTheSameInheritedField extends Inherited {
        WithTheSameInheritedField(TestRegistry given) {
            super(given);
        }
    }

    @Nested
    class WithTwoNames {
        @RegisterExtension
        static final RegistryExtension SOURCE = RegistryExtension.of(
                        TestRegistry.builder().image("app:1.0", TestImages.empty()))
                .named("source");

        @RegisterExtension
        static final RegistryExtension TARGET = new RegistryExtension().named("target");

        @RegisterExtension
        final RegistryExtension unnamed = new RegistryExtension();

        @Test
        void parametersAreToldApartByTheirNames(
                @RegistryName("source") TestRegistry source,
                @RegistryName("target") TestRegistry target,
                @RegistryName("target") @RegistryAddress URI uri,
                TestRegistry other) {
            assertThat(source).isSameAs(SOURCE.registry()).isNotSameAs(target);
            assertThat(target).isSameAs(TARGET.registry());
            assertThat(other).isSameAs(unnamed.registry()).isNotSameAs(source).isNotSameAs(target);
            assertThat(uri).isEqualTo(TARGET.uri());
            assertThat(source.registry().repositories().toList()).containsExactly(RepositoryName.parse("app"));
            assertThat(target.registry().repositories().toList()).isEmpty();
        }
    }

    /** As Spring does, which asks for properties before it makes an instance, perhaps before JUnit calls an extension. */
    static final class AsksBeforeAll implements BeforeAllCallback {
        @Override
        public void beforeAll(ExtensionContext context) {
            AskedBeforeItsCallbacks.early = AskedBeforeItsCallbacks.REGISTRY.registry();
        }
    }

    @Nested
    @ExtendWith(AsksBeforeAll.class)
    class AskedBeforeItsCallbacks {
        @RegisterExtension
        static final RegistryExtension REGISTRY = new RegistryExtension();

        private static TestRegistry early;

        @RepeatedTest(2)
        void theRegistryIsTheOneThatWasStartedThen(TestRegistry registry) {
            assertThat(registry).isSameAs(early).isSameAs(REGISTRY.registry());
            assertThat(REGISTRY.uri()).isEqualTo(registry.uri());
        }
    }

    @Nested
    class AtAMethod {
        @Test
        @ExtendWith(RegistryExtension.class)
        void theRegistryIsTheMethods(TestRegistry registry) {
            assertThat(registry.registry().repositories().toList()).isEmpty();
        }
    }
}
