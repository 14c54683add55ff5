package dev.berth.examples.junit;

import static dev.berth.registry.testing.RegistryAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.copy.ImageCopier;
import dev.berth.registry.testing.RegistryExtension;
import dev.berth.registry.testing.RegistryName;
import dev.berth.registry.testing.TestImages;
import dev.berth.registry.testing.TestRegistry;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A test with two registries, which parameters and accessors tell apart. */
class TwoRegistriesTest {
    @RegisterExtension
    static final RegistryExtension SOURCE = RegistryExtension.of(
                    TestRegistry.builder().image("app:1.0", TestImages.empty()))
            .named("source");

    @RegisterExtension
    static final RegistryExtension MIRROR = new RegistryExtension().named("mirror");

    /** JUnit passes no parameters here; a method with Spring's {@code @DynamicPropertySource} does the same. */
    private static String latest(RegistryExtension registry) throws IOException, InterruptedException {
        return new UpdateCheck(registry.uri()).latest("app", "1.0");
    }

    @Test
    void theMirrorHasTheImageOfTheSourceAfterACopy(
            @RegistryName("source") TestRegistry source, @RegistryName("mirror") TestRegistry mirror) throws Exception {
        ImageCopier.create().copy(source.location("app:1.0"), mirror.location("app:1.0"));

        assertThat(mirror.location("app:1.0")).exists().withDigest(latest(SOURCE));
        assertThat(latest(MIRROR)).isEqualTo(latest(SOURCE));
    }
}
