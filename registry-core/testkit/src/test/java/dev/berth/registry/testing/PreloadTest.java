package dev.berth.registry.testing;

import static dev.berth.registry.testing.RegistryAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.layout.OciLayoutRegistry;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registries that begin with what is elsewhere. */
class PreloadTest {
    private static final RepositoryName APP = RepositoryName.parse("team/app");

    @TempDir
    Path dir;

    @Test
    void whatIsInAnotherRegistryIsCopiedWithPlatformsAndReferrers() {
        try (TestRegistry source = TestRegistry.builder().withoutSocket().start()) {
            Descriptor index = source.push("team/app:1.0", TestImages.multiPlatform());
            Descriptor signed = source.push("team/app:signed", TestImages.withReferrers());
            source.push("other:1.0", TestImages.empty());
            source.push("left:1.0", TestImages.empty());

            try (TestRegistry registry = TestRegistry.builder()
                    .copyOf(source.registry(), "team/app", "other")
                    .start()) {
                assertThat(registry).hasTag("team/app", "1.0").withDigest(index.digest());
                assertThat(registry).hasTag("other", "1.0");
                assertThat(registry).doesNotHaveTag("left", "1.0");
                assertThat(registry.registry()
                                .repository(APP)
                                .manifests()
                                .referrers(signed.digest())
                                .toList())
                        .hasSize(2);
            }
        }
    }

    @Test
    void aLayoutIsReadWhenTheRegistryStarts() {
        Path layout = dir.resolve("layout");
        TestRegistry.Builder builder = TestRegistry.builder().layout("team/app", layout);
        assertThatThrownBy(builder::start)
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(layout.toString());

        Descriptor image;
        try (Registry files = OciLayoutRegistry.create(layout, APP)) {
            image = TestImages.multiPlatform().pushTo(files, APP, Tag.of("1.0"));
        }
        try (TestRegistry registry = builder.start()) {
            assertThat(registry).hasTag("team/app", "1.0").withDigest(image.digest());
        }
    }

    /** As skopeo writes an image to which it was told no tag. */
    @Test
    void anImageOfALayoutWithoutATagIsThereByItsDigest() {
        Path layout = dir.resolve("layout");
        Descriptor index;
        Descriptor tagged;
        try (Registry files = OciLayoutRegistry.create(layout, APP)) {
            index = TestImages.multiPlatform().pushTo(files, APP);
            tagged = TestImages.empty().pushTo(files, APP, Tag.of("1.0"));
        }
        try (TestRegistry registry = TestRegistry.builder()
                .withoutSocket()
                .layout("team/app", layout)
                .start()) {
            assertThat(registry).hasTag("team/app", "1.0").withDigest(tagged.digest());
            assertThat(registry.registry().repository(APP).tags().list().toList())
                    .containsExactly(Tag.of("1.0"));
            assertThat(registry.registry().repository(APP).manifests().find(index.digest()))
                    .isPresent();
        }
    }

    @Test
    void whatCannotBeCopiedIsNamed() {
        try (TestRegistry source = TestRegistry.builder().withoutSocket().start()) {
            source.push("team/app:1.0", TestImages.withMissingLayer());
            TestRegistry.Builder builder = TestRegistry.builder().copyOf(source.registry(), "team/app");

            assertThatIllegalStateException()
                    .isThrownBy(builder::start)
                    .withMessageContaining("1 tags of team/app could not be copied")
                    .withMessageContaining("1.0")
                    .withCauseInstanceOf(RegistryException.class);
        }
    }
}
