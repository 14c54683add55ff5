package dev.berth.registry.mirror;

import static dev.berth.registry.mirror.Mirrored.LATEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.client.fixtures.Content;
import dev.berth.registry.client.fixtures.DockerRegistry;
import dev.berth.registry.metrics.Metrics;
import dev.berth.registry.metrics.MirrorMetrics;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is counted of the pulls through a mirror; by Docker's registry as a mirror, and by this one. */
class CountedPullsTest {
    @TempDir
    Path directory;

    private static long counted(Metrics metrics, String name, String type) {
        Matcher found = Pattern.compile("registry_proxy_" + name + "_total\\{type=\"" + type + "\"} (\\d+)")
                .matcher(metrics.toText());
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }

    @Test
    void hitsAndMissesAreTheRequestsAndBytesAreThoseOfBothSides() throws Exception {
        Metrics metrics = new Metrics();
        try (Mirrored setup = new Mirrored(
                builder -> builder.listener(MirrorMetrics.of(metrics).listener("hub")))) {
            Manifest image = setup.image(1, LATEST);
            Digest layer = Mirrored.blobs(image).get(1).digest();
            for (int i = 0; i < 3; i++) {
                setup.served().manifests().get(LATEST);
                Mirrored.read(setup.served(), layer);
                Mirrored.await(setup);
            }
            setup.served().manifests().get(image.digest());

            assertThat(counted(metrics, "requests", "blob")).isEqualTo(3);
            assertThat(counted(metrics, "hits", "blob")).isEqualTo(2);
            assertThat(counted(metrics, "misses", "blob")).isEqualTo(1);
            assertThat(counted(metrics, "pulled_bytes", "blob")).isEqualTo(10_000);
            assertThat(counted(metrics, "pushed_bytes", "blob")).isEqualTo(30_000);
            assertThat(counted(metrics, "requests", "manifest")).isEqualTo(4);
            assertThat(counted(metrics, "hits", "manifest")).isEqualTo(3);
            assertThat(counted(metrics, "misses", "manifest")).isEqualTo(1);
            assertThat(counted(metrics, "pulled_bytes", "manifest")).isEqualTo(image.size());
            assertThat(counted(metrics, "pushed_bytes", "manifest")).isEqualTo(4L * image.size());
        }
    }

    /**
     * Docker's registry counts under the same words. Of what it has to fetch it counts a hit as well, and a tag that is
     * here as a request only; the bytes of manifests are the same.
     */
    @Test
    void dockersRegistryCountsTheSameBytesOfManifests() throws Exception {
        int debugPort;
        try (ServerSocket free = new ServerSocket(0)) {
            debugPort = free.getLocalPort();
        }
        Metrics metrics = new Metrics();
        try (Mirrored setup = new Mirrored(
                        builder -> builder.listener(MirrorMetrics.of(metrics).listener("hub")));
                DockerRegistry docker = DockerRegistry.start(
                        directory,
                        "REGISTRY_PROXY_REMOTEURL=http://" + setup.upstream.address(),
                        "REGISTRY_HTTP_DEBUG_ADDR=127.0.0.1:" + debugPort);
                RemoteRegistry throughDocker = RemoteRegistry.at(docker.address())) {
            Manifest image = Content.image(setup.there(), 1);
            setup.there().manifests().put(image, LATEST);
            for (int i = 0; i < 3; i++) {
                assertThat(throughDocker.repository(Mirrored.APP).manifests().get(LATEST))
                        .isEqualTo(image);
                setup.served().manifests().get(LATEST);
            }

            String theirs = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + debugPort + "/debug/vars"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            Matcher manifests = Pattern.compile(
                            "\"manifests\":\\{\"Requests\":(\\d+),\"Hits\":(\\d+),\"Misses\":(\\d+),"
                                    + "\"BytesPulled\":(\\d+),\"BytesPushed\":(\\d+)}")
                    .matcher(theirs.replaceAll("\\s", ""));
            assertThat(manifests.find()).isTrue();
            assertThat(counted(metrics, "requests", "manifest")).isEqualTo(Long.parseLong(manifests.group(1)));
            assertThat(counted(metrics, "misses", "manifest")).isEqualTo(Long.parseLong(manifests.group(3)));
            assertThat(counted(metrics, "pulled_bytes", "manifest")).isEqualTo(Long.parseLong(manifests.group(4)));
            assertThat(counted(metrics, "pushed_bytes", "manifest")).isEqualTo(Long.parseLong(manifests.group(5)));
        }
    }
}
