package dev.berth.registry.testing;

/**
 * Where assertions about registries begin, for {@code import static}, beside AssertJ's own. AssertJ is an optional
 * dependency.
 */
public final class RegistryAssertions {
    private RegistryAssertions() {}

    /** Begins assertions about what a registry was asked, and what is in it. */
    public static TestRegistryAssert assertThat(TestRegistry actual) {
        return new TestRegistryAssert(actual);
    }
}
