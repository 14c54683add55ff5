package dev.berth.registry.testing;

import static dev.berth.registry.testing.HttpMethod.GET;
import static dev.berth.registry.testing.RegistryAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Registry;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistryAssertionsTest {
    private final TestRegistry registry = TestRegistry.start();
    private final Client client = new Client(registry);

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void whatWasReceivedIsCounted() throws Exception {
        client.get("/v2/");
        client.get("/v2/", "X-Test", "yes");
        client.get("/v2/app/tags/list");

        assertThat(registry)
                .received(GET, "/v2/")
                .times(2)
                .withStatus(200)
                .withHeader("x-test", "yes")
                .times(1);
        assertThat(registry).received(GET, "/v2/**").withStatus(404).by("").times(1);
        assertThat(registry).hasNotReceived(HttpMethod.PUT, "/v2/**");
    }

    @Test
    void whatWasNotReceivedFailsWithWhatWas() throws Exception {
        client.get("/v2/");

        assertThatThrownBy(() -> assertThat(registry).as("the ping").received(GET, "/v2/_catalog"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the ping")
                .hasMessageContaining("Expected GET /v2/_catalog, but there was no such request; there were:")
                .hasMessageContaining("GET /v2/ -> 200");
        assertThatThrownBy(() -> assertThat(registry).received(GET, "/v2/").times(2))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Expected GET /v2/ 2 times, but it came 1 times");
        assertThatThrownBy(() -> assertThat(registry).received(GET, "/v2/").withStatus(500))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("with status 500");
        assertThatThrownBy(() -> assertThat(registry).hasNotReceived(GET, "/v2/*"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Expected no GET /v2/*, but there were 1");
    }

    @Test
    void tagsAreFoundWithWhatTheyPointTo() {
        Descriptor image = registry.push("team/app:1.0", TestImages.empty());

        assertThat(registry)
                .hasTag("team/app", "1.0")
                .withDigest(image.digest())
                .withDigest(image.digest().toString())
                .withMediaType(MediaTypes.OCI_MANIFEST);
        assertThat(registry).doesNotHaveTag("team/app", "2.0").doesNotHaveTag("other", "1.0");
    }

    @Test
    void anyRegistryHasAssertions() {
        try (MemoryObjectStore store = MemoryObjectStore.create();
                StorageRegistry engine = StorageRegistry.over(store)) {
            Registry any = engine;
            Descriptor image = TestImages.empty().pushTo(ImageLocation.of(any, "team/app:1.0"));

            assertThat(any).hasTag("team/app", "1.0").withDigest(image.digest());
            assertThat(any).doesNotHaveTag("team/app", "2.0").doesNotHaveTag("other", "1.0");
            assertThat(engine).hasTag("team/app", "1.0");
            assertThatThrownBy(() -> assertThat(any).as("after the push").hasTag("team/app", "2.0"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("after the push")
                    .hasMessageContaining("Expected the tag 2.0 in the repository team/app, which has [1.0]");
        }
    }

    @Test
    void imagesAreAssertedByTheirLocation() {
        Descriptor image = registry.push("team/app:1.0", TestImages.empty());
        ImageLocation byTag = registry.location("team/app:1.0");
        ImageLocation byDigest = byTag.withSelector(image.digest());
        ImageLocation missing = registry.location("team/app");

        assertThat(byTag).exists().withDigest(image.digest());
        assertThat(byDigest).exists().withMediaType(MediaTypes.OCI_MANIFEST);
        assertThat(missing).doesNotExist();
        assertThatThrownBy(() -> assertThat(missing).exists())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Expected the tag latest in the repository team/app, which has [1.0]");
        assertThatThrownBy(() -> assertThat(byDigest).doesNotExist())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Expected no manifest " + image.digest());
    }

    /** The digest is known only when the image has been pushed. */
    @Test
    void anImageIsNotPushedToADigest() {
        ImageLocation location = registry.location("app@" + Digest.sha256(new byte[0]));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestImages.empty().pushTo(location))
                .withMessageContaining("with a tag");
    }

    @Test
    void tagsThatAreNotThereFailWithThoseThatAre() {
        registry.push("team/app:1.0", TestImages.empty());
        Digest other = Digest.sha256(new byte[0]);

        assertThatThrownBy(() -> assertThat(registry).hasTag("team/app", "2.0"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Expected the tag 2.0 in the repository team/app, which has [1.0]");
        assertThatThrownBy(() -> assertThat(registry).hasTag("other", "2.0"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("never been pushed to");
        assertThatThrownBy(() -> assertThat(registry).hasTag("team/app", "1.0").withDigest(other))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Expected team/app:1.0 to have the digest " + other);
        assertThatThrownBy(() -> assertThat(registry).doesNotHaveTag("team/app", "1.0"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Expected no tag 1.0");
    }
}
