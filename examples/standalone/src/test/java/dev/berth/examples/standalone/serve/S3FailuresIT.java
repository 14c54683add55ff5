package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.examples.standalone.content.Content;
import dev.berth.examples.standalone.content.GeneratedContent;
import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.KillsS3Gateway;
import dev.berth.examples.standalone.programs.RegistryHttp;
import dev.berth.examples.standalone.programs.S3Bucket;
import dev.berth.examples.standalone.programs.S3Gateway;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A registry over an unreliable service retries or responds 503, and loses nothing. */
@KillsS3Gateway
@EnabledIfSystemProperty(
        named = "berth.it.long",
        matches = "true",
        disabledReason = "takes a minute; set -Dberth.it.long=true to run it")
@Tag("any-jdk")
class S3FailuresIT {
    private static final String OCTETS = "application/octet-stream";

    /** Larger than a part of a multipart upload. */
    private static final int LARGE = 12_000_000;

    private final S3Gateway gateway;
    private final S3Bucket bucket;

    S3FailuresIT(S3Gateway gateway, S3Bucket bucket) {
        this.gateway = gateway;
        this.bucket = bucket;
    }

    private static Content large() {
        byte[] bytes = new byte[LARGE];
        new Random(7).nextBytes(bytes);
        return new Content(OCTETS, bytes);
    }

    @Test
    void rejectedRequestsAreRetried() throws IOException, InterruptedException {
        TestImage image = TestImage.random(1, 1, 100_000);
        try (FaultyProxy proxy = FaultyProxy.to(gateway.endpoint(), "ServiceUnavailable", number -> number % 3 == 0);
                BerthProcess berth = bucket.via(proxy.address()).serve().start()) {
            berth.http().pushImage("team/app", "1.0", image);
            berth.http().pushBlob("team/app", large(), "sha256");

            berth.http().expectImage("team/app", "1.0", image);
            berth.http().expectBlob("team/app", large(), "sha256");
            assertThat(berth.http().tags("team/app")).containsExactly("1.0");
            assertThat(proxy.requests()).isGreaterThan(20);
        }
    }

    @Test
    void anUnavailableServiceIs503UntilItRecovers() throws IOException, InterruptedException {
        TestImage image = TestImage.random(1, 1, 1000);
        try (BerthProcess berth = bucket.serve().start()) {
            berth.http().pushImage("team/app", "1.0", image);
        }
        Switch trouble = new Switch();
        try (FaultyProxy proxy = FaultyProxy.to(gateway.endpoint(), "SlowDown", number -> trouble.on);
                BerthProcess berth = bucket.via(proxy.address()).serve().start()) {
            trouble.on = true;

            HttpResponse<byte[]> response = berth.http().getManifest("team/app", "1.0");

            RegistryHttp.expect(503, response);
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
            trouble.on = false;
            berth.http().expectImage("team/app", "1.0", image);
        }
    }

    private static final class Switch {
        private volatile boolean on;
    }

    @Test
    void anUploadResumesAfterACrashOfTheService() throws IOException, InterruptedException {
        Content blob = large();
        byte[] bytes = blob.bytes();
        try (BerthProcess berth = bucket.serve().start()) {
            RegistryHttp registry = berth.http();
            HttpResponse<byte[]> response = registry.send(
                    "PATCH",
                    registry.startUpload("team/app"),
                    BodyPublishers.ofByteArray(bytes, 0, LARGE / 2),
                    "Content-Type",
                    OCTETS);
            RegistryHttp.expect(202, response);
            String location = RegistryHttp.location(response);

            gateway.kill();
            try {
                RegistryHttp.expect(503, registry.get("/v2/team/app/blobs/" + blob.digest()));
                HttpResponse<byte[]> failed = registry.send(
                        "PATCH",
                        location,
                        BodyPublishers.ofByteArray(bytes, LARGE / 2, LARGE - LARGE / 2),
                        "Content-Type",
                        OCTETS);
                RegistryHttp.expect(503, failed);
            } finally {
                gateway.start();
            }

            RegistryHttp.expect(404, registry.head("/v2/team/app/blobs/" + blob.digest()));
            HttpResponse<byte[]> state = registry.get(location);
            RegistryHttp.expect(204, state);
            int received = RegistryHttp.received(state);
            assertThat(received).isBetween(LARGE / 2, LARGE);
            HttpResponse<byte[]> closed = registry.send(
                    "PUT",
                    RegistryHttp.closing(RegistryHttp.location(state), blob.digest()),
                    BodyPublishers.ofByteArray(bytes, received, LARGE - received),
                    "Content-Type",
                    OCTETS);
            RegistryHttp.expect(201, closed);
            registry.expectBlob("team/app", blob, "sha256");
        }
    }

    @Test
    void abandonedUploadsAreRemovedFromTheService() throws IOException, InterruptedException {
        try (BerthProcess berth = bucket.serve().start()) {
            // A single request of known length is written directly to its final key.
            GeneratedContent blob = new GeneratedContent(2, 100_000_000);
            BodyPublisher body = BodyPublishers.fromPublisher(
                    BodyPublishers.ofInputStream(() -> blob.streamThenRun(40_000_000, berth::kill)), 100_000_000);
            String push = "/v2/team/app/blobs/uploads/?digest=" + large().digest();
            assertThatThrownBy(() -> berth.http().send("POST", push, body, "Content-Type", OCTETS))
                    .isInstanceOf(IOException.class);
            berth.awaitExit();
        }
        assertThat(bucket.multipartUploads()).anyMatch(key -> key.endsWith("/data"));
        try (BerthProcess berth = bucket.serve().start()) {
            RegistryHttp registry = berth.http();
            for (int size : new int[] {1000, LARGE}) {
                RegistryHttp.expect(202, patch(registry, BodyPublishers.ofByteArray(large().bytes(), 0, size)));
            }
            GeneratedContent endless = new GeneratedContent(1, 100_000_000);
            assertThatThrownBy(() -> patch(
                            registry,
                            BodyPublishers.ofInputStream(() -> endless.streamThenRun(40_000_000, berth::kill))))
                    .isInstanceOf(IOException.class);
            berth.awaitExit();
        }
        assertThat(bucket.multipartUploads()).isNotEmpty();
        assertThat(bucket.uploadObjects()).isNotEmpty();

        try (BerthProcess berth = bucket.serve()
                .with("REGISTRY_STORAGE_MAINTENANCE_UPLOADPURGING_AGE", "1ms")
                // An upload has expired when it was seen idle twice.
                .with("REGISTRY_STORAGE_MAINTENANCE_UPLOADPURGING_INTERVAL", "1s")
                .start()) {
            berth.awaitLog("Removed 3 expired uploads");
        }

        assertThat(bucket.multipartUploads()).isEmpty();
        assertThat(bucket.uploadObjects()).isEmpty();
    }

    private static HttpResponse<byte[]> patch(RegistryHttp registry, BodyPublisher body)
            throws IOException, InterruptedException {
        return registry.send("PATCH", registry.startUpload("team/app"), body, "Content-Type", OCTETS);
    }
}
