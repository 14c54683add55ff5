package dev.berth.registry.scan.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.SettableClock;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.ScanReport;
import dev.berth.registry.scan.report.Severity;
import dev.berth.registry.scan.report.UnscannableException;
import dev.berth.registry.server.RegistryServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of an adapter, and what becomes of what it answers, over real sockets. */
@Timeout(60)
class AdapterScannerTest {
    private static final String PULL =
            "Basic " + Base64.getEncoder().encodeToString("robot:pull-secret".getBytes(StandardCharsets.UTF_8));

    private final SettableClock clock = new SettableClock();
    private final StorageRegistry registry = StorageRegistry.over(MemoryObjectStore.create());
    private final Repository repository = registry.repository("team/app");
    private final Manifest image = new SampleImages(5).image(repository, List.of(100), Tag.parse("1"));
    private final List<Duration> pauses = new ArrayList<>();
    private RegistryServer server;
    private TestAdapter adapter;

    @BeforeEach
    void start() throws IOException {
        server = RegistryServer.builder(registry).listen("127.0.0.1", 0).build().start();
        adapter = new TestAdapter();
    }

    @AfterEach
    void stop() {
        adapter.close();
        server.close();
    }

    private AdapterScanner scanner(UnaryOperator<AdapterScanner.Builder> settings) {
        return settings.apply(AdapterScanner.builder(
                                adapter.address(),
                                URI.create(
                                        "http://127.0.0.1:" + server.address().getPort()))
                        .clock(clock)
                        .pause(time -> {
                            pauses.add(time);
                            clock.advance(time);
                        }))
                .build();
    }

    private ScanReport scan(UnaryOperator<AdapterScanner.Builder> settings) throws UnscannableException {
        try (AdapterScanner scanner = scanner(settings)) {
            return scanner.scan(repository, image);
        }
    }

    private ScanReport scan() throws UnscannableException {
        return scan(builder -> builder);
    }

    private RegistryException failure(UnaryOperator<AdapterScanner.Builder> settings) {
        return assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> scan(settings))
                .actual();
    }

    private RegistryException failure() {
        return failure(builder -> builder);
    }

    @Test
    void theAdapterPullsTheImageAndItsReportIsRead() throws UnscannableException {
        adapter.notReady = 2;
        ScanReport report = scan(builder -> builder.pullAuthorization((name, digest) -> Optional.of(PULL)));

        assertThat(adapter.pulled).containsExactly("200 " + image.digest());
        assertThat(adapter.requests).hasSize(1);
        assertThat(adapter.requests.get(0).at("/artifact/mime_type").asText()).isEqualTo(image.mediaType());
        assertThat(adapter.requests.get(0).at("/registry/authorization").asText())
                .isEqualTo(PULL);
        assertThat(adapter.requests.get(0).at("/enabled_capabilities/0/type").asText())
                .isEqualTo("vulnerability");
        assertThat(pauses).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(7), Duration.ofSeconds(7));

        assertThat(report.image()).isEqualTo(image.digest());
        assertThat(report.scanner()).isEqualTo("Trivy 0.50");
        assertThat(report.advisoriesAsOf()).contains(Instant.parse("2026-10-01T10:00:00Z"));
        assertThat(report.findings()).extracting(Finding::id).containsExactly("CVE-2026-1", "CVE-2026-2");
        Finding worst = report.findings().get(0);
        assertThat(worst.severity()).isEqualTo(Severity.HIGH);
        assertThat(worst.fixedVersion()).contains("1.1");
        assertThat(worst.vector().orElseThrow()).startsWith("CVSS:3.1/");
        assertThat(worst.links()).containsExactly("https://example.org/1");
        assertThat(report.findings().get(1).severity()).isEqualTo(Severity.UNKNOWN);
        assertThat(report.findings().get(1).hasFix()).isFalse();
    }

    @Test
    void anAdapterThatKnowsNoTypesIsAskedAsVersionOneDoes() throws UnscannableException {
        adapter.metadata = """
                {"scanner":{"name":"Clair","version":"4"},"capabilities":[{"consumes_mime_types":
                ["application/vnd.oci.image.manifest.v1+json"],"produces_mime_types":
                ["application/vnd.scanner.adapter.vuln.report.harbor+json;version=1.0"]}],"properties":{}}
                """;
        assertThat(scan().findings()).hasSize(2);
        assertThat(adapter.requests.get(0).has("enabled_capabilities")).isFalse();
    }

    @Test
    void whatTheAdapterDoesNotTakeIsUnscannable() {
        adapter.metadata = TestAdapter.METADATA.replace("vnd.oci.image.manifest", "vnd.other.manifest");
        assertThatExceptionOfType(UnscannableException.class)
                .isThrownBy(this::scan)
                .withMessageContaining("Trivy 0.50")
                .withMessageContaining(image.mediaType());
        assertThat(adapter.requests).isEmpty();

        adapter.metadata = TestAdapter.METADATA;
        adapter.onScan = exchange -> TestAdapter.send(exchange, 501, "{\"error\":{\"message\":\"no layers\"}}");
        assertThatExceptionOfType(UnscannableException.class)
                .isThrownBy(this::scan)
                .withMessageContaining("no layers");
    }

    @Test
    void anAdapterWithoutReportsThatCanBeReadIsAFailure() {
        adapter.metadata = TestAdapter.METADATA.replace("vuln.report", "raw").replace("vulnerability.report", "raw");
        assertThat(failure().code()).isEqualTo(ErrorCode.UNSUPPORTED);
    }

    @Test
    void credentialsAreSentAndNeverShown() throws UnscannableException {
        adapter.authorization = "Bearer adapter-secret";
        assertThat(scan(builder -> builder.credentials(AdapterCredentials.bearer("adapter-secret")))
                        .findings())
                .hasSize(2);
        assertThat(failure(builder -> builder.credentials(AdapterCredentials.basic("me", "wrong-secret"))))
                .hasMessageContaining("does not accept the credentials")
                .hasMessageNotContaining("wrong-secret");
        assertThat(AdapterCredentials.basic("me", "wrong-secret")).hasToString("Basic");
        assertThat(AdapterCredentials.bearer("adapter-secret")).hasToString("Bearer");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AdapterScanner.builder(
                        URI.create("https://me:hunter2@adapter.example"), URI.create("https://registry.example")))
                .withMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pull-secret", "adapter-secret", "cm9ib3Q6cHVsbC1zZWNyZXQ="})
    void anAdapterThatRepeatsCredentialsIsNotQuoted(String secret) {
        adapter.onScan =
                exchange -> TestAdapter.send(exchange, 500, "{\"error\":{\"message\":\"cannot use " + secret + "\"}}");
        assertThat(failure(builder -> builder.credentials(AdapterCredentials.bearer("adapter-secret"))
                        .pullAuthorization((name, digest) -> Optional.of(PULL))))
                .hasMessageContaining("status 500")
                .hasMessageNotContaining(secret);
    }

    @Test
    void anErrorIsQuotedWithoutItsControlCharacters() {
        adapter.onReport =
                exchange -> TestAdapter.send(exchange, 500, "{\"error\":{\"message\":\"disk is full\\u001b[31m\"}}");
        assertThat(failure()).hasMessageContaining("disk is full").hasMessageNotContaining("\u001b");
    }

    @Test
    void anAdapterThatForgetsItsScansIsAFailureAfterWhichAnotherTrySucceeds() throws UnscannableException {
        adapter.notReady = 1;
        try (AdapterScanner scanner = scanner(builder -> builder.pause(time -> adapter.forget()))) {
            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> scanner.scan(repository, image))
                    .withMessageContaining("forgotten");
        }
        assertThat(scan().findings()).hasSize(2);
    }

    @Test
    void anAdapterThatNeverEndsIsLeft() {
        adapter.notReady = Integer.MAX_VALUE;
        assertThat(failure(builder -> builder.timeLimit(Duration.ofMinutes(2))))
                .hasMessageContaining("no report within 120 seconds");
        assertThat(pauses).hasSizeLessThan(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-5", "999999999", "soon", ""})
    void waitsAreWithinReason(String refreshAfter) {
        adapter.onReport = exchange -> {
            exchange.getResponseHeaders().set("Refresh-After", refreshAfter);
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/elsewhere");
            TestAdapter.send(exchange, 302, "");
        };
        assertThat(failure(builder -> builder.timeLimit(Duration.ofMinutes(3)))).hasMessageContaining("no report");
        assertThat(pauses).allMatch(pause -> pause.toSeconds() >= 1 && pause.toSeconds() <= 60);
    }

    @Test
    void anAdapterThatIsAwayForAMomentIsAskedAgain() throws UnscannableException {
        TestAdapter.Answer real = adapter.onReport;
        adapter.onReport = exchange -> {
            adapter.onReport = real;
            exchange.getResponseHeaders().set("Retry-After", "30");
            TestAdapter.send(exchange, 503, "");
        };
        assertThat(scan().findings()).hasSize(2);
        assertThat(pauses).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(30));
    }

    @Test
    void anAdapterThatStaysAwayIsAFailure() {
        adapter.onReport = exchange -> TestAdapter.send(exchange, 503, "");
        assertThat(failure()).hasMessageContaining("status 503");
        assertThat(pauses).hasSize(6);
    }

    @Test
    void anAdapterThatLimitsRequestsSaysWhenToComeBack() {
        adapter.onScan = exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "90");
            TestAdapter.send(exchange, 429, "");
        };
        assertThat(failure().retryAfter()).contains(Duration.ofSeconds(90));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "[]",
                "{",
                "{\"vulnerabilities\":[{\"package\":\"a\"}]}",
                "{\"vulnerabilities\":\"none\"}",
                "{\"artifact\":{\"digest\":\"sha256:0000\"}}",
                "{}trailing"
            })
    void garbageIsAFailureThatSaysSo(String body) {
        adapter.onReport = exchange -> TestAdapter.send(exchange, 200, body);
        assertThat(failure()).hasMessageContaining("cannot be read");
        adapter.onScan = exchange -> TestAdapter.send(exchange, 202, body);
        assertThat(failure()).hasMessageContaining("cannot be read");
    }

    @Test
    void aReportThatIsTooLargeIsNotReadToItsEnd() {
        adapter.onReport = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] item = "{\"id\":\"CVE-2026-1\",\"package\":\"a\",\"description\":\"........................\"},"
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseBody().write("{\"vulnerabilities\":[".getBytes(StandardCharsets.UTF_8));
            while (true) {
                // Until the client hangs up.
                exchange.getResponseBody().write(item);
            }
        };
        assertThat(failure(builder -> builder.maxReportBytes(1_000_000)))
                .hasMessageContaining("more than 1000000 bytes");
    }

    @Test
    void anAdapterThatDoesNotAnswerIsLeft() {
        CountDownLatch end = new CountDownLatch(1);
        adapter.onMetadata = exchange -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        assertThat(failure(builder -> builder.timeouts(Duration.ofSeconds(5), Duration.ofMillis(300)))
                        .code())
                .isEqualTo(ErrorCode.UNAVAILABLE);
        end.countDown();
    }

    @Test
    void anInterruptEndsTheWait() {
        adapter.notReady = Integer.MAX_VALUE;
        RegistryException failure = failure(builder -> builder.pause(time -> {
            throw new InterruptedException();
        }));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure).hasMessageContaining("interrupted");
    }
}
