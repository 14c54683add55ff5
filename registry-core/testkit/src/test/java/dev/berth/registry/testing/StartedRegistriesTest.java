package dev.berth.registry.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class StartedRegistriesTest {
    private final StartedRegistries registries =
            new StartedRegistries(TestRegistry.builder().withoutSocket());

    @Test
    void aRegistryThatWasAskedForEarlyIsTakenOverAndClosedByItsOwner() {
        TestRegistry early = registries.current();

        assertThat(registries.current()).isSameAs(early);
        assertThat(registries.take()).isSameAs(early);
        assertThat(registries.current()).isSameAs(early);
        registries.close(early);
        assertThat(early).hasToString("TestRegistry (closed)");
    }

    @Test
    void theNextClassGetsANewRegistry() {
        TestRegistry first = registries.take();
        registries.close(first);

        TestRegistry second = registries.current();

        assertThat(second).isNotSameAs(first);
        assertThat(second.registry().repositories().toList()).isEmpty();
        registries.close(registries.take());
        assertThat(second).hasToString("TestRegistry (closed)");
    }

    @Test
    void theAccessorRefusesToChooseBetweenRegistriesOfParallelClasses() {
        TestRegistry one = registries.take();
        TestRegistry two = registries.take();

        assertThatIllegalStateException()
                .isThrownBy(registries::current)
                .withMessageContaining("2 registries")
                .withMessageContaining("parameter");

        registries.close(one);
        assertThat(registries.current()).isSameAs(two);
        registries.close(two);
    }
}
