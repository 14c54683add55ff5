package dev.berth.examples.junit;

import static dev.berth.registry.testing.HttpMethod.HEAD;
import static dev.berth.registry.testing.RegistryAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.testing.Fault;
import dev.berth.registry.testing.RegistryExtension;
import dev.berth.registry.testing.TestImages;
import dev.berth.registry.testing.TestRegistry;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UpdateCheckTest {
    @RegisterExtension
    RegistryExtension extension = RegistryExtension.of(TestRegistry.builder().image("app:1.0", TestImages.empty()));

    @Test
    void retriesWhenTheRegistryIsBusy(TestRegistry registry) throws Exception {
        registry.inject(Fault.on(HEAD, "/v2/app/**").times(2).status(503));

        String digest = new UpdateCheck(registry.uri()).latest("app", "1.0");

        assertThat(registry).received(HEAD, "/v2/app/manifests/1.0").times(3);
        assertThat(registry).hasTag("app", "1.0").withDigest(digest);
    }

    @Test
    void failsWhenTheRegistryStaysBusy(TestRegistry registry) {
        registry.inject(Fault.onAny().status(503));

        assertThatThrownBy(() -> new UpdateCheck(registry.uri()).latest("app", "1.0"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("503");
        assertThat(registry).received(HEAD, "/v2/app/manifests/1.0").times(3);
    }

    @Test
    void doesNotRetryWhenTheTagDoesNotExist(TestRegistry registry) {
        assertThatThrownBy(() -> new UpdateCheck(registry.uri()).latest("app", "2.0"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("404");
        assertThat(registry).received(HEAD, "/v2/app/manifests/2.0").times(1);
    }

    /** The journal holds every request. */
    @Test
    void sendsNoOtherRequest(TestRegistry registry) throws Exception {
        new UpdateCheck(registry.uri()).latest("app", "1.0");

        assertThat(registry.journal().entries()).singleElement().satisfies(entry -> {
            assertThat(entry.method()).isEqualTo("HEAD");
            assertThat(entry.path()).isEqualTo("/v2/app/manifests/1.0");
            assertThat(entry.bytesOut()).isZero();
        });
    }

    @Test
    void returnsTheNewDigestAfterAPush(TestRegistry registry) throws Exception {
        UpdateCheck check = new UpdateCheck(registry.uri());
        String before = check.latest("app", "1.0");
        registry.push("app:1.0", TestImages.withFiles(Map.of("etc/motd", "new\n")));

        assertThat(check.latest("app", "1.0")).isNotEqualTo(before);
    }
}
