package dev.berth.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.manifest.ImageManifest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The pages of the registry are among those of the application. */
class ConsoleTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private static void push(Application application, String repository) {
        Repository target = application.context.getBean(Registry.class).repository(repository);
        byte[] config = "{\"architecture\":\"amd64\",\"os\":\"linux\"}".getBytes(StandardCharsets.UTF_8);
        Descriptor pushed = target.blobs().push(BlobSource.of(config));
        target.manifests()
                .put(
                        ImageManifest.of(
                                        Descriptor.of(MediaTypes.OCI_CONFIG, pushed.digest(), pushed.size()), List.of())
                                .toManifest(),
                        Tag.parse("1"));
    }

    /** Asks again until the answer has a text. */
    private static String await(Application application, String path, String text) throws Exception {
        Instant end = Instant.now().plus(LONG);
        HttpResponse<String> response;
        do {
            response = application.get(path);
        } while (!response.body().contains(text) && Instant.now().isBefore(end));
        assertThat(response.body()).contains(text);
        return response.body();
    }

    @Test
    void theyAreBesideThePagesOfTheApplication() throws Exception {
        try (Application application = Application.start(PlainApplication.class, "berth.console.title=Images")) {
            push(application, "team/app");

            await(application, "/v1/search?q=app", "\"name\":\"team/app\"");
            assertThat(application.get("/berth/").body())
                    .contains("Images", "/berth/repository/team/app")
                    .contains("href=\"/berth/assets/");
            assertThat(application.get("/berth/repository/team/app").statusCode())
                    .isEqualTo(200);
            assertThat(application.get("/berth/api/v1/tags/team/app").body()).contains("\"tag\":\"1\"");
            assertThat(application.get("/").body()).isEqualTo("the page of the application");
            assertThat(application.get("/v1/other").statusCode()).isEqualTo(404);
            assertThat(application.get("/v2/team/app/tags/list").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theyAreWhereAPropertySaysOrNowhere() throws Exception {
        try (Application application = Application.start(
                PlainApplication.class, "berth.console.path=/images", "server.servlet.context-path=/shop")) {
            assertThat(application.get("/shop/images/").body()).contains("href=\"/shop/images/assets/");
            assertThat(application.get("/shop/berth/").statusCode()).isEqualTo(404);
        }
        try (Application application = Application.start(PlainApplication.class, "berth.console.enabled=false")) {
            assertThat(application.get("/berth/").statusCode()).isEqualTo(404);
            assertThat(application.get("/v1/search?q=app").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void theyShowWhatAUserOfTheApplicationMaySee() throws Exception {
        try (Application application = Application.start(
                SecuredApplication.class,
                "berth.access.grants[0].who=user:alice",
                "berth.access.grants[0].repositories=team/**",
                "berth.access.grants[0].role=reader")) {
            push(application, "team/app");
            push(application, "secret/app");

            // Spring Boot protects all pages if nothing else is said.
            assertThat(application.get("/berth/").statusCode()).isIn(302, 401);
            HttpResponse<String> alice = Application.send(application.requestBy("alice", "wonderland", "/berth/"));
            assertThat(alice.statusCode()).isEqualTo(200);
            assertThat(alice.body()).contains("team/app").doesNotContain("secret/app");
            HttpResponse<String> bob = Application.send(application.requestBy("bob", "builder", "/berth/"));
            assertThat(bob.body()).doesNotContain("team/app");
            assertThat(Application.send(application.requestBy("bob", "builder", "/berth/repository/team/app"))
                            .statusCode())
                    .isEqualTo(404);
            // Clients of the registry log in there.
            assertThat(application.get("/v1/search?q=app").statusCode()).isEqualTo(200);
            assertThat(Application.send(application.requestBy("alice", "wrong", "/v1/search?q=app"))
                            .statusCode())
                    .isEqualTo(401);
        }
    }
}
