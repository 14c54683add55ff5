package dev.berth.registry.testing;

import dev.berth.registry.ImageLocation;
import dev.berth.registry.Registry;

/**
 * The entry points of assertions about registries, for {@code import static} beside those of AssertJ.
 *
 * @since 0.1
 */
public final class RegistryAssertions {
    private RegistryAssertions() {}

    /** Begins assertions about the requests to a test registry, and about its content. */
    public static TestRegistryAssert assertThat(TestRegistry actual) {
        return new TestRegistryAssert(actual);
    }

    /** Begins assertions about the content of any registry. */
    public static RegistryAssert assertThat(Registry actual) {
        return new RegistryAssert(actual);
    }

    /** Begins assertions about an image in any registry. */
    public static ImageLocationAssert assertThat(ImageLocation actual) {
        return new ImageLocationAssert(actual);
    }
}
