package dev.berth.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.Registry;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.host.HostedRegistry;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.fs.FileObjectStore;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application without Spring Security. */
class PlainApplicationTest {
    private static final byte[] BLOB = "content=of&a=blob".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path directory;

    @Test
    void aRegistryIsBesideThePagesOfTheApplication() throws Exception {
        try (Application application = Application.start(PlainApplication.class);
                RemoteRegistry client = RemoteRegistry.at(application.address())) {
            Digest digest = client.repository("team/app")
                    .blobs()
                    .push(BlobSource.of(BLOB))
                    .digest();

            assertThat(application.get("/").body()).isEqualTo("the page of the application");
            assertThat(application
                            .context
                            .getBean(Registry.class)
                            .repository("team/app")
                            .blobs()
                            .find(digest))
                    .isPresent();
            assertThat(application.get("/v2/team/app/blobs/" + digest).body())
                    .isEqualTo(new String(BLOB, StandardCharsets.UTF_8));
        }
    }

    @Test
    void whatADirectoryHoldsIsThereAfterARestart() throws Exception {
        String property = "berth.storage.directory=" + directory;
        Digest digest;
        try (Application application = Application.start(PlainApplication.class, property)) {
            assertThat(application.context.getBean(ObjectStore.class)).isInstanceOf(FileObjectStore.class);
            digest = application
                    .context
                    .getBean(Registry.class)
                    .repository("team/app")
                    .blobs()
                    .push(BlobSource.of(BLOB))
                    .digest();
        }
        try (Application application = Application.start(PlainApplication.class, property)) {
            assertThat(application.get("/v2/team/app/blobs/" + digest).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void errorsAreThoseOfTheSpecification() throws Exception {
        try (Application application = Application.start(PlainApplication.class)) {
            HttpResponse<String> response = application.get("/v2/team/app/manifests/absent");

            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body()).contains("MANIFEST_UNKNOWN");
        }
    }

    @Test
    void aBodyThatIsCalledAFormIsReadByNobodyElse() throws Exception {
        try (Application application = Application.start(PlainApplication.class)) {
            String upload = Application.send(application
                            .request("/v2/team/app/blobs/uploads/")
                            .POST(HttpRequest.BodyPublishers.noBody()))
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            HttpResponse<String> appended = Application.send(application
                    .request("/")
                    .uri(application.uri("/").resolve(upload))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .method("PATCH", HttpRequest.BodyPublishers.ofByteArray(BLOB)));

            assertThat(appended.statusCode()).isEqualTo(202);
            assertThat(appended.headers().firstValue("Range")).contains("0-" + (BLOB.length - 1));
        }
    }

    @Test
    void whoNamesWhatIsPublicLetsNobodyPush() throws Exception {
        try (Application application =
                Application.start(PlainApplication.class, "berth.access.public-repositories=public/**")) {
            Registry registry = application.context.getBean(Registry.class);
            Digest open = registry.repository("public/app")
                    .blobs()
                    .push(BlobSource.of(BLOB))
                    .digest();
            Digest hidden = registry.repository("team/app")
                    .blobs()
                    .push(BlobSource.of(BLOB))
                    .digest();

            assertThat(application.get("/v2/public/app/blobs/" + open).statusCode())
                    .isEqualTo(200);
            assertThat(application.get("/v2/team/app/blobs/" + hidden).statusCode())
                    .isEqualTo(403);
            assertThat(Application.send(application
                                    .request("/v2/public/app/blobs/uploads/")
                                    .POST(HttpRequest.BodyPublishers.noBody()))
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void isAtAPathOfTheApplicationIfItSaysSo() throws Exception {
        try (Application application = Application.start(PlainApplication.class, "berth.path=/registry")) {
            assertThat(application.get("/registry/v2/").statusCode()).isEqualTo(200);
            assertThat(application.get("/v2/").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void thereIsNoneIfTheApplicationSaysSo() throws Exception {
        try (Application application = Application.start(PlainApplication.class, "berth.enabled=false")) {
            assertThat(application.get("/v2/").statusCode()).isEqualTo(404);
            assertThat(application.context.getBeanProvider(HostedRegistry.class).getIfAvailable())
                    .isNull();
        }
    }

    @Test
    void healthAndMetricsAreThoseOfTheApplication() throws Exception {
        try (Application application = Application.start(PlainApplication.class)) {
            assertThat(application.get("/v2/").statusCode()).isEqualTo(200);

            assertThat(application.get("/actuator/health").body())
                    .containsPattern("\"berth\":\\{[^}]*\"status\":\"UP\"");
            assertThat(application.get("/actuator/metrics").body()).contains("registry.http.requests");
        }
    }

    @Test
    void anUnhealthyStoreMakesTheApplicationUnhealthy() throws Exception {
        try (Application application =
                Application.start(PlainApplication.class, "berth.storage.directory=" + directory)) {
            application.context.getBean(ObjectStore.class).close();

            HttpResponse<String> health = application.get("/actuator/health");

            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body()).containsPattern("\"berth\":\\{.*\"status\":\"DOWN\"");
        }
    }
}
