package dev.berth.registry.testing;

import static dev.berth.registry.testing.HttpMethod.GET;
import static dev.berth.registry.testing.HttpMethod.HEAD;
import static dev.berth.registry.testing.HttpMethod.PATCH;
import static dev.berth.registry.testing.HttpMethod.POST;
import static dev.berth.registry.testing.HttpMethod.PUT;
import static dev.berth.registry.testing.RegistryAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.fixtures.DockerEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults as a Docker Engine sees them. */
@Tag("any-jdk")
class DockerEngineTest {
    private static final String MANIFESTS = "/v2/app/manifests/*";
    private static final String BLOBS = "/v2/app/blobs/*";

    @TempDir
    private static Path temporary;

    private static DockerEngine engine;

    private final TestRegistry registry = TestRegistry.start();
    private final String pulled = registry.reference("app:1.0").toString();
    private final String pushed = registry.reference("pushed:1.0").toString();

    private record Run(int status, String output) {}

    /** It tries layers once again only, since it waits five seconds before that. */
    @BeforeAll
    static void startEngine() throws Exception {
        engine = DockerEngine.start(temporary, "--max-download-attempts=2");
    }

    @AfterAll
    static void stopEngine() throws Exception {
        if (engine != null) {
            engine.close();
        }
    }

    @BeforeEach
    void pushImage() {
        registry.push("app:1.0", image(registry));
    }

    @AfterEach
    void close() {
        registry.close();
    }

    /** An engine downloads nothing that it has, so no two tests may have the same image; nor may two registries. */
    private static TestImage image(TestRegistry registry) {
        Random random = new Random(registry.uri().getPort());
        StringBuilder noise = new StringBuilder();
        random.ints(200_000, ' ', '~').forEach(c -> noise.append((char) c));
        return TestImages.withFiles(Map.of("etc/noise", noise.toString()));
    }

    private static Run docker(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("docker", "--config", temporary.resolve("config").toString(), "--host", engine.host()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }

    private static void succeeds(String... arguments) throws IOException, InterruptedException {
        Run run = docker(arguments);
        assertThat(run.status()).as(run.output()).isZero();
    }

    private static void fails(String message, String... arguments) throws IOException, InterruptedException {
        Run run = docker(arguments);
        assertThat(run.status()).as(run.output()).isNotZero();
        assertThat(run.output()).containsIgnoringCase(message);
    }

    @Test
    void aStatusEndsThePull() throws Exception {
        registry.inject(Fault.on(MANIFESTS).status(403));

        fails("pull access denied", "pull", pulled);
    }

    @Test
    void aHeadThatFailsIsFollowedByAGet() throws Exception {
        registry.inject(Fault.on(HEAD, MANIFESTS).status(503));

        succeeds("pull", pulled);

        assertThat(registry).received(HEAD, MANIFESTS).withStatus(503).times(1);
        assertThat(registry).received(GET, "/v2/app/manifests/1.0").withStatus(200);
    }

    @Test
    void tooManyRequestsAreTold() throws Exception {
        registry.inject(Fault.on(MANIFESTS).tooManyRequests(Duration.ofSeconds(1)));

        fails("toomanyrequests", "pull", pulled);
    }

    @Test
    void aResetEndsThePull() throws Exception {
        registry.inject(Fault.on(GET, MANIFESTS).reset());

        fails("connection reset by peer", "pull", pulled);
    }

    @Test
    void aResetInTheMiddleOfALayerIsContinuedFromThere() throws Exception {
        registry.inject(Fault.on(GET, BLOBS).times(2).resetAfter(100_000));

        succeeds("pull", pulled);

        assertThat(registry.journal().entries(GET, BLOBS))
                .anySatisfy(entry -> assertThat(entry.cut()).isTrue())
                .anySatisfy(entry -> {
                    assertThat(entry.status()).isEqualTo(OptionalInt.of(206));
                    assertThat(entry.requestHeaders().first("Range").orElseThrow())
                            .startsWith("bytes=");
                });
    }

    @Test
    void aTruncatedLayerIsContinuedFromThere() throws Exception {
        registry.inject(Fault.on(GET, BLOBS).times(2).truncate(100_000));

        succeeds("pull", pulled);

        assertThat(registry.journal().entries(GET, BLOBS))
                .anySatisfy(entry -> {
                    assertThat(entry.bytesOut()).isEqualTo(100_000);
                    assertThat(entry.cut()).isTrue();
                })
                .anySatisfy(entry -> {
                    assertThat(entry.status()).isEqualTo(OptionalInt.of(206));
                    assertThat(entry.requestHeaders().first("Range")).contains("bytes=100000-");
                });
    }

    @Test
    void aTruncatedManifestEndsThePull() throws Exception {
        registry.inject(Fault.on(GET, MANIFESTS).truncate(20));

        fails("unexpected EOF", "pull", pulled);
    }

    @Test
    void delayAndThrottleOnlyTakeTime() throws Exception {
        registry.inject(Fault.onAny().delay(Duration.ofMillis(20)).throttle(200_000));

        succeeds("pull", pulled);
    }

    @Test
    void corruptedBlobsAreNoticed() throws Exception {
        registry.inject(Fault.on(GET, BLOBS).corruptAt(200));

        fails("verification failed", "pull", pulled);
    }

    @Test
    void corruptedManifestsAreNoticed() throws Exception {
        registry.inject(Fault.on(GET, MANIFESTS).corruptAt(30));

        fails("invalid character", "pull", pulled);
    }

    @Test
    void aWrongDigestInTheHeaderMakesTheEngineDoubtTheRegistry() throws Exception {
        registry.inject(Fault.on(HEAD, MANIFESTS).wrongDigest());

        Run run = docker("pull", pulled);

        assertThat(run.output()).contains("This registry does not", "conform");
        assertThat(registry.journal().entries(GET, MANIFESTS))
                .anySatisfy(entry -> assertThat(entry.status()).isEqualTo(OptionalInt.of(404)));
    }

    @Test
    void aLengthThatIsNotReachedIsNoticed() throws Exception {
        registry.inject(Fault.on(GET, MANIFESTS).wrongLength(10));

        fails("unexpected EOF", "pull", pulled);
    }

    @Test
    void aBodyThatIsCutShortIsNoticed() throws Exception {
        registry.inject(Fault.on(GET, BLOBS).wrongLength(-10));

        fails("verification failed", "pull", pulled);
    }

    @Test
    void partsOfBlobsThatAreNotToBeHadEndThePull() throws Exception {
        registry.inject(Fault.without(Feature.RANGE));
        registry.inject(Fault.on(GET, BLOBS).times(2).resetAfter(100_000));

        Run run = docker("pull", pulled);

        assertThat(registry.journal().entries(GET, BLOBS)).anySatisfy(entry -> {
            assertThat(entry.requestHeaders().first("Range")).isPresent();
            assertThat(entry.status()).isEqualTo(OptionalInt.of(200));
        });
        assertThat(run.output()).contains("Retrying");
    }

    @Test
    void theEnginePushesWithAMountAndWithoutOne() throws Exception {
        succeeds("pull", pulled);
        succeeds("tag", pulled, pushed);
        succeeds("push", pushed);
        assertThat(registry).received(POST, "/v2/pushed/blobs/uploads/").withStatus(201);

        String elsewhere = registry.reference("elsewhere:1.0").toString();
        registry.inject(Fault.without(Feature.MOUNT));
        succeeds("tag", pulled, elsewhere);
        succeeds("push", elsewhere);

        assertThat(registry.journal().entries(POST, "/v2/elsewhere/blobs/uploads/"))
                .anySatisfy(entry -> assertThat(entry.query().orElse("")).contains("mount="))
                .allSatisfy(entry -> assertThat(entry.status()).isEqualTo(OptionalInt.of(202)));
        assertThat(registry).hasTag("elsewhere", "1.0");
    }

    /** It knows no other way. */
    @Test
    void theEngineCannotPushWithoutChunkedUploads() throws Exception {
        registry.inject(Fault.without(Feature.CHUNKED_UPLOAD));
        registry.inject(Fault.without(Feature.MOUNT));
        succeeds("pull", pulled);
        succeeds("tag", pulled, pushed);

        fails("unsupported", "push", pushed);

        assertThat(registry).received(PATCH, "/v2/pushed/blobs/uploads/*").withStatus(405);
    }

    /** What it was not told about has happened all the same. */
    @Test
    void aLostAnswerEndsThePush() throws Exception {
        registry.inject(Fault.on(PUT, "/v2/pushed/manifests/*").loseAnswer());
        succeeds("pull", pulled);
        succeeds("tag", pulled, pushed);

        fails("connection reset by peer", "push", pushed);

        assertThat(registry).hasTag("pushed", "1.0");
    }

    @Test
    void theEngineLogsInByPassword() throws Exception {
        try (TestRegistry secured = TestRegistry.builder().basicAuth("bob", "b").start()) {
            logsInAndPulls(secured);
        }
    }

    @Test
    void theEngineLogsInByToken() throws Exception {
        try (TestRegistry secured = TestRegistry.builder().tokenAuth("bob", "b").start()) {
            logsInAndPulls(secured);

            assertThat(secured.journal().entries(GET, "/token")).isNotEmpty();
        }
    }

    private static void logsInAndPulls(TestRegistry secured) throws Exception {
        secured.push("app:1.0", image(secured));
        String reference = secured.reference("app:1.0").toString();

        assertThat(docker("pull", reference).status()).isNotZero();
        fails("unauthorized", "login", "-u", "bob", "-p", "no", secured.address());
        succeeds("login", "-u", "bob", "-p", "b", secured.address());
        succeeds("pull", reference);

        assertThat(secured).received(GET, BLOBS).by("bob").withStatus(200);
    }

    /** As skopeo does, it trusts in the time that was promised. */
    @Test
    void theEngineGivesUpWhenItsTokenExpiresTooEarly() throws Exception {
        try (TestRegistry secured = TestRegistry.builder().tokenAuth("bob", "b").start()) {
            secured.push("app:1.0", image(secured));
            String reference = secured.reference("app:1.0").toString();
            succeeds("login", "-u", "bob", "-p", "b", secured.address());
            secured.inject(Fault.on(GET, MANIFESTS).times(1).expiredToken());

            fails("unauthorized", "pull", reference);
            succeeds("pull", reference);
        }
    }
}
