package com.example.app;

import static dev.berth.registry.testing.RegistryAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Descriptor;
import dev.berth.registry.testing.Fault;
import dev.berth.registry.testing.HttpMethod;
import dev.berth.registry.testing.RegistryExtension;
import dev.berth.registry.testing.TestImages;
import dev.berth.registry.testing.TestRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ApplicationTest {
    @RegisterExtension
    RegistryExtension extension = RegistryExtension.of(
            TestRegistry.builder().image("team/app:1.0", TestImages.withFiles(Map.of("etc/motd", "hello\n"))));

    @TempDir
    Path directory;

    @Test
    void hostsARegistryOverFilesAndCopiesAnImageToIt(TestRegistry source) throws Exception {
        try (Hosting hosting = new Hosting(directory)) {
            Descriptor copied = Copying.copy(source.registry(), "team/app:1.0", hosting.uri().getAuthority())
                    .target();

            assertThat(digest(hosting.uri().resolve("/v2/team/app/manifests/1.0")))
                    .isEqualTo(copied.digest().toString());
        }
    }

    @Test
    void buildsAnImage(TestRegistry target) throws Exception {
        Files.writeString(directory.resolve("run"), "#!/bin/sh\n");

        Descriptor image = Packing.push(directory, target.registry(), "team/packed");

        assertThat(target)
                .hasTag("team/packed", "latest")
                .withDigest(image.digest().toString());
    }

    @Test
    void seesAFaultOfTheTestRegistry(TestRegistry registry) throws Exception {
        registry.inject(Fault.on(HttpMethod.HEAD, "/v2/**").times(1).status(503));
        URI manifest = registry.uri().resolve("/v2/team/app/manifests/1.0");

        assertThat(status(manifest)).isEqualTo(503);
        assertThat(status(manifest)).isEqualTo(200);
        assertThat(registry).received(HttpMethod.HEAD, "/v2/team/app/manifests/1.0").times(2);
    }

    private static String digest(URI manifest) throws IOException, InterruptedException {
        HttpRequest request = head(manifest);
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .headers()
                .firstValue("Docker-Content-Digest")
                .orElseThrow();
    }

    private static int status(URI manifest) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(head(manifest), BodyHandlers.discarding())
                .statusCode();
    }

    private static HttpRequest head(URI manifest) {
        return HttpRequest.newBuilder(manifest)
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build();
    }
}
