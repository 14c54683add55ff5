package dev.berth.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Digest;
import dev.berth.registry.Registry;
import dev.berth.registry.Tag;
import dev.berth.registry.testing.TestImages;
import dev.berth.registry.testing.TestRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An application that mirrors two registries, one of which wants to know who asks. */
class MirrorsTest {
    private static TestRegistry hub;
    private static TestRegistry guarded;

    @BeforeAll
    static void start() {
        hub = TestRegistry.builder()
                .image("library/app:1.0", TestImages.empty())
                .image("secret/app:1.0", TestImages.empty())
                .image("team/app:1.0", TestImages.empty())
                .start();
        guarded = TestRegistry.builder()
                .basicAuth("mirror", "secret")
                .image("tools/app:2.0", TestImages.empty())
                .start();
    }

    @AfterAll
    static void close() {
        hub.close();
        guarded.close();
    }

    private static Application mirroring(String... more) {
        List<String> properties = new ArrayList<>(List.of(
                "berth.mirrors[hub.example].registry=" + hub.address(),
                "berth.mirrors[hub.example].by-default=true",
                "berth.mirrors[hub.example].only-here=team/**",
                "berth.mirrors[hub.example].allow=library/*,team/*",
                "berth.mirrors[hub.example].budget=1GB",
                "berth.mirrors.guarded.registry=" + guarded.address(),
                "berth.mirrors.guarded.prefix=other",
                "berth.mirrors.guarded.namespaces=guarded.example:5000",
                "berth.mirrors.guarded.username=mirror",
                "berth.mirrors.guarded.password=secret"));
        properties.addAll(List.of(more));
        return Application.start(PlainApplication.class, properties.toArray(String[]::new));
    }

    private static int status(Application application, String path) throws Exception {
        return application.get("/v2/" + path).statusCode();
    }

    @Test
    void eachIsBelowItsNameAndOneIsForAllOtherNames() throws Exception {
        try (Application application = mirroring()) {
            assertThat(status(application, "hub.example/library/app/manifests/1.0"))
                    .isEqualTo(200);
            assertThat(status(application, "other/tools/app/manifests/2.0"))
                    .as("with a password")
                    .isEqualTo(200);
            assertThat(status(application, "library/app/manifests/1.0"))
                    .as("by default")
                    .isEqualTo(200);
            assertThat(status(application, "team/app/manifests/1.0"))
                    .as("only here")
                    .isEqualTo(404);
            assertThat(status(application, "hub.example/secret/app/manifests/1.0"))
                    .as("not allowed")
                    .isEqualTo(403);
        }
    }

    @Test
    void containerdAsksByTheHostOfTheRegistry() throws Exception {
        try (Application application = mirroring()) {
            assertThat(status(application, "library/app/manifests/1.0?ns=hub.example"))
                    .isEqualTo(200);
            assertThat(status(application, "tools/app/manifests/2.0?ns=guarded.example:5000"))
                    .isEqualTo(200);
            assertThat(status(application, "tools/app/manifests/2.0?ns=unknown.example"))
                    .isEqualTo(404);
        }
    }

    @Test
    void whatWasBroughtIsThereWithoutTheOtherRegistryAndIsSeenByTheApplication() throws Exception {
        try (TestRegistry gone = TestRegistry.builder()
                        .image("app:1.0", TestImages.empty())
                        .start();
                Application application = mirroring("berth.mirrors.gone.registry=" + gone.address())) {
            assertThat(status(application, "gone/app/manifests/1.0")).isEqualTo(200);
            Digest digest = application
                    .context
                    .getBean(Registry.class)
                    .repository("gone/app")
                    .tags()
                    .resolve(Tag.parse("1.0"))
                    .orElseThrow()
                    .digest();

            gone.close();

            assertThat(status(application, "gone/app/manifests/" + digest)).isEqualTo(200);
        }
    }

    @Test
    void metricsShowWhatAMirrorDoes() throws Exception {
        try (Application application = mirroring()) {
            assertThat(status(application, "library/app/manifests/1.0")).isEqualTo(200);

            assertThat(application.get("/actuator/metrics").body()).contains("registry.proxy.requests");
            assertThat(application
                            .get("/actuator/metrics/registry.proxy.checks")
                            .body())
                    .contains("hub.example");
        }
    }

    @Test
    void contradictionsStopTheStart() {
        assertThatThrownBy(() -> mirroring("berth.mirrors.guarded.by-default=true"))
                .hasRootCauseMessage(
                        "The mirrors hub.example and guarded both have by-default=true; leave it at one of them,"
                                + " which is asked for what is of no other");
        assertThatThrownBy(() ->
                        mirroring("berth.mirrors.half.registry=" + hub.address(), "berth.mirrors.half.username=x"))
                .rootCause()
                .hasMessageContaining("berth.mirrors[half].password");
        assertThatThrownBy(() -> mirroring("berth.mirrors.guarded.only-here=a/**"))
                .rootCause()
                .hasMessageContaining("only-here");
    }
}
