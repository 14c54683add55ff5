package dev.berth.registry.testing;

import static dev.berth.registry.testing.HttpMethod.GET;
import static dev.berth.registry.testing.HttpMethod.HEAD;
import static dev.berth.registry.testing.HttpMethod.PATCH;
import static dev.berth.registry.testing.HttpMethod.POST;
import static dev.berth.registry.testing.RegistryAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Descriptor;
import dev.berth.registry.RepositoryName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Faults as a client of somebody else's sees them. */
class SkopeoTest {
    @RegisterExtension
    final RegistryExtension extension = new RegistryExtension();

    @TempDir
    Path dir;

    private TestRegistry registry;
    private Descriptor image;

    @BeforeAll
    static void skopeoIsInstalled() {
        Skopeo.requireInstalled();
    }

    @BeforeEach
    void pushImage(TestRegistry injected) {
        registry = injected;
        image = registry.push("app:1.0", TestImages.withFiles(Map.of("etc/motd", "hello\n".repeat(10_000))));
    }

    @Test
    void pullsWithoutFaults() throws Exception {
        assertThat(pull().status()).isZero();

        assertThat(registry).received(GET, "/v2/app/manifests/1.0").withStatus(200);
    }

    @Test
    void aStatusEndsThePull() throws Exception {
        registry.inject(Fault.on(GET, "/v2/app/manifests/*").status(403));

        Skopeo.Run run = pull();

        assertThat(run.status()).isNotZero();
        assertThat(run.output()).containsIgnoringCase("denied");
    }

    @Test
    void tooManyRequestsAreTriedAgain() throws Exception {
        registry.inject(Fault.on(GET, "/v2/app/manifests/*").times(1).tooManyRequests(Duration.ofSeconds(1)));

        assertThat(pull().status()).isZero();

        assertThat(registry).received(GET, "/v2/app/manifests/1.0").times(2).withStatus(429);
    }

    @Test
    void aResetEndsThePull() throws Exception {
        registry.inject(Fault.on(GET, "/v2/app/manifests/*").reset());

        Skopeo.Run run = pull();

        assertThat(run.status()).isNotZero();
        assertThat(run.output()).containsAnyOf("connection reset", "EOF");
    }

    @Test
    void aResetInTheMiddleOfABlobIsContinuedOrFails() throws Exception {
        registry.inject(Fault.on(GET, "/v2/app/blobs/*").resetAfter(20));

        Skopeo.Run run = pull();

        assertThat(run.status()).isNotZero();
        assertThat(registry.journal().entries(GET, "/v2/app/blobs/*"))
                .anySatisfy(entry -> assertThat(entry.cut()).isTrue());
    }

    @Test
    void aTruncatedManifestIsNoticed() throws Exception {
        registry.inject(Fault.on(GET, "/v2/app/manifests/*").truncate(20));

        Skopeo.Run run = pull();

        assertThat(run.status()).isNotZero();
        assertThat(run.output()).contains("unexpected EOF");
    }

    @Test
    void aTruncatedBlobIsNoticed() throws Exception {
        registry.inject(Fault.on(GET, "/v2/app/blobs/*").truncate(20));

        Skopeo.Run run = pull();

        assertThat(run.status()).isNotZero();
        assertThat(run.output()).contains("unexpected EOF");
        assertThat(registry.journal().entries(GET, "/v2/app/blobs/*")).anySatisfy(entry -> {
            assertThat(entry.cut()).isTrue();
            assertThat(entry.bytesOut()).isEqualTo(20);
        });
    }

    @Test
    void delayAndThrottleOnlyTakeTime() throws Exception {
        registry.inject(Fault.onAny().delay(Duration.ofMillis(20)).throttle(100_000));

        assertThat(pull().status()).isZero();
    }

    @Test
    void corruptedBlobsAreNoticed() throws Exception {
        registry.inject(Fault.on(GET, "/v2/app/blobs/*").corruptAt(30));

        Skopeo.Run run = pull();

        assertThat(run.status()).isNotZero();
        assertThat(run.output()).containsIgnoringCase("digest");
    }

    @Test
    void corruptedManifestsAreNoticed() throws Exception {
        registry.inject(Fault.on(GET, "/v2/app/manifests/*").corruptAt(30));

        assertThat(pullByDigest().status()).isNotZero();
    }

    @Test
    void aLengthThatIsNotReachedIsNoticed() throws Exception {
        registry.inject(Fault.on(GET, "/v2/app/manifests/*").wrongLength(10));

        Skopeo.Run run = pull();

        assertThat(run.status()).isNotZero();
        assertThat(run.output()).contains("unexpected EOF");
    }

    /** It digests what it gets, and does not look at the header. */
    @Test
    void aWrongDigestInTheHeaderDoesNotMisleadSkopeo() throws Exception {
        registry.inject(Fault.onAny().wrongDigest());

        Skopeo.Run run = Skopeo.run("inspect", "--tls-verify=false", from());

        assertThat(run.status()).as(run.output()).isZero();
        assertThat(run.output()).contains("\"Digest\": \"" + image.digest() + "\"");
        assertThat(registry.journal().entries(GET, "/v2/app/manifests/1.0"))
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(entry.responseHeaders()
                                .first("Docker-Content-Digest")
                                .orElseThrow())
                        .isNotEqualTo(image.digest().toString()));
    }

    @Test
    void pushesOverTlsThatItTrusts() throws Exception {
        Path certificates = Files.createDirectory(dir.resolve("certificates"));
        try (TestRegistry secured =
                TestRegistry.builder().tls().basicAuth("alice", "secret").start()) {
            Files.writeString(certificates.resolve("ca.crt"), secured.certificatePem());

            Skopeo.Run refused = Skopeo.run("copy", "--src-tls-verify=false", from(), to(secured));
            Skopeo.Run wrong = Skopeo.run(
                    "copy",
                    "--src-tls-verify=false",
                    "--dest-cert-dir=" + certificates,
                    "--dest-creds=alice:wrong",
                    from(),
                    to(secured));
            Skopeo.Run right = Skopeo.run(
                    "copy",
                    "--src-tls-verify=false",
                    "--dest-cert-dir=" + certificates,
                    "--dest-creds=alice:secret",
                    from(),
                    to(secured));

            assertThat(refused.status()).isNotZero();
            assertThat(refused.output()).contains("certificate");
            assertThat(wrong.status()).isNotZero();
            assertThat(right.status()).as(right.output()).isZero();
            assertThat(secured).hasTag("pushed", "1.0").withDigest(image.digest());
            assertThat(secured)
                    .received(HttpMethod.PUT, "/v2/pushed/manifests/1.0")
                    .by("alice")
                    .times(1);
        }
    }

    @Test
    void pushesToARegistryWithoutMounts() throws Exception {
        registry.inject(Fault.without(Feature.MOUNT));

        Skopeo.Run run = Skopeo.run("copy", "--src-tls-verify=false", "--dest-tls-verify=false", from(), to(registry));

        assertThat(run.status()).as(run.output()).isZero();
        assertThat(registry).hasTag("pushed", "1.0").withDigest(image.digest());
        assertThat(registry).received(HEAD, "/v2/pushed/blobs/*");
        assertThat(registry).received(POST, "/v2/pushed/blobs/uploads/").withStatus(202);
    }

    /** It knows no other way. */
    @Test
    void cannotPushWithoutChunkedUploads() throws Exception {
        registry.inject(Fault.without(Feature.CHUNKED_UPLOAD));
        registry.inject(Fault.without(Feature.MOUNT));

        Skopeo.Run run = Skopeo.run("copy", "--src-tls-verify=false", "--dest-tls-verify=false", from(), to(registry));

        assertThat(run.status()).isNotZero();
        assertThat(registry).received(PATCH, "/v2/pushed/blobs/uploads/*").withStatus(405);
    }

    @Test
    void cannotDeleteWhereDeletionIsOff() throws Exception {
        String reference = "docker://" + registry.reference("app:1.0");
        registry.inject(Fault.without(Feature.DELETE));

        assertThat(Skopeo.run("delete", "--tls-verify=false", reference).status())
                .isNotZero();
        assertThat(registry).hasTag("app", "1.0");

        registry.clearFaults();
        assertThat(Skopeo.run("delete", "--tls-verify=false", reference).status())
                .isZero();
        assertThat(registry.registry().repositories().toList()).doesNotContain(RepositoryName.parse("app"));
    }

    private String from() {
        return "docker://" + registry.reference("app:1.0");
    }

    private static String to(TestRegistry target) {
        return "docker://" + target.reference("pushed:1.0");
    }

    private Skopeo.Run pull() throws Exception {
        return Skopeo.run("copy", "--src-tls-verify=false", from(), "dir:" + dir.resolve("pulled"));
    }

    private Skopeo.Run pullByDigest() throws Exception {
        return Skopeo.run(
                "copy",
                "--src-tls-verify=false",
                "docker://" + registry.address() + "/app@" + image.digest(),
                "dir:" + dir.resolve("pulled"));
    }
}
