package dev.berth.registry.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.client.fixtures.RawServer;
import dev.berth.registry.client.fixtures.TestAuthority;
import dev.berth.registry.event.EventType;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.webhook.HookReceiver.Received;
import dev.berth.registry.webhook.SendResult.Delivered;
import dev.berth.registry.webhook.SendResult.Failed;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@link HttpWebhookSender} sends, and what it makes of each answer. */
@Timeout(60)
class HttpWebhookSenderTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final WebhookSecret SECRET = WebhookSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    private static final RegistryEvent PUSH = RegistryEvent.builder(
                    EventType.MANIFEST_PUSHED, RepositoryName.parse("team/app"))
            .descriptor(Descriptor.of(MediaTypes.OCI_MANIFEST, Digest.sha256(new byte[0]), 0))
            .tags(Tag.parse("1.0"), Tag.parse("2.0"))
            .build();

    private static final WebhookMessage MESSAGE = new WebhookMessage("msg_1", List.of(PUSH));

    private static HttpWebhookSender sender() {
        return HttpWebhookSender.of(WebhookHttpOptions.builder()
                .allowInside("127.0.0.0/8")
                .clock(InstantSource.fixed(NOW))
                .build());
    }

    private static WebhookEndpoint.Builder endpoint(HookReceiver receiver) {
        return WebhookEndpoint.builder("deploy", receiver.at("127.0.0.1")).timeout(Duration.ofSeconds(30));
    }

    private static SendResult send(HookReceiver receiver) {
        try (HttpWebhookSender sender = sender()) {
            return sender.send(endpoint(receiver).build(), MESSAGE);
        }
    }

    private static String header(Received received, String name) {
        return received.headers().getOrDefault(name, "");
    }

    @Test
    void sendsAPostWithTheHeadersOfStandardWebhooks() throws Exception {
        WebhookSecret second = WebhookSecret.generate();
        try (HookReceiver receiver = HookReceiver.answering("HTTP/1.1 204 No Content\n\n");
                HttpWebhookSender sender = sender()) {
            WebhookEndpoint endpoint = endpoint(receiver)
                    .secrets(SECRET, second)
                    .headers(Map.of("Authorization", "Bearer x", "User-Agent", "mine/1"))
                    .build();

            assertThat(sender.send(endpoint, MESSAGE)).isEqualTo(new Delivered());

            Received received = receiver.received().get(0);
            assertThat(received.line()).isEqualTo("POST /hook?a=b HTTP/1.1");
            assertThat(header(received, "Host")).isEqualTo("127.0.0.1:" + receiver.port());
            assertThat(header(received, "Content-Type")).isEqualTo("application/cloudevents+json");
            assertThat(header(received, "Authorization")).isEqualTo("Bearer x");
            assertThat(header(received, "User-Agent")).isEqualTo("mine/1");
            assertThat(header(received, "webhook-id")).isEqualTo("msg_1");
            assertThat(header(received, "webhook-timestamp")).isEqualTo("1767323045");
            assertThat(header(received, "webhook-signature"))
                    .isEqualTo(SECRET.sign("msg_1", NOW, received.body()) + " "
                            + second.sign("msg_1", NOW, received.body()));
            assertThat(new String(received.body(), StandardCharsets.UTF_8)).contains("dev.berth.manifest.pushed");
        }
    }

    @Test
    void doesNotSignWithoutASecret() throws Exception {
        try (HookReceiver receiver = HookReceiver.answering("HTTP/1.1 200 OK\nContent-Length: 2\n\nok")) {
            assertThat(send(receiver)).isEqualTo(new Delivered());
            assertThat(receiver.received().get(0).headers())
                    .containsKeys("webhook-id", "webhook-timestamp")
                    .doesNotContainKey("webhook-signature");
        }
    }

    @Test
    void tellsTheStatusOfEachAnswer() throws Exception {
        List<String> told = new ArrayList<>();
        WebhookHttpOptions options = WebhookHttpOptions.builder()
                .allowInside("127.0.0.1")
                .onAnswer((endpoint, status) -> told.add(endpoint.name() + " " + status))
                .build();
        try (HookReceiver receiver = HookReceiver.answering("HTTP/1.1 503 Busy\nContent-Length: 0\n\n");
                HttpWebhookSender sender = HttpWebhookSender.of(options)) {
            sender.send(endpoint(receiver).build(), MESSAGE);
        }
        assertThat(told).containsExactly("deploy 503");
    }

    @ParameterizedTest
    @CsvSource({
        "200, delivered",
        "201, delivered",
        "204, delivered",
        "299, delivered",
        "301, 'The receiver answered 301, and redirects are not followed'",
        "302, 'The receiver answered 302, and redirects are not followed'",
        "307, 'The receiver answered 307, and redirects are not followed'",
        "400, The receiver answered 400",
        "404, The receiver answered 404",
        "410, gone",
        "500, The receiver answered 500",
        "503, The receiver answered 503"
    })
    void judgesByTheStatusAlone(int status, String expected) throws Exception {
        try (HookReceiver elsewhere = HookReceiver.answering("HTTP/1.1 200 OK\n\n");
                HookReceiver receiver = HookReceiver.answering("HTTP/1.1 " + status + " secret reason\nLocation: "
                        + elsewhere.at("127.0.0.1") + "\n" + (status == 204 ? "\n" : "Content-Length: 6\n\nsecret"))) {
            SendResult result = send(receiver);

            SendResult wanted = switch (expected) {
                case "delivered" -> new Delivered();
                case "gone" -> new SendResult.Gone();
                default -> Failed.of(expected);
            };
            assertThat(result).isEqualTo(wanted);
            assertThat(receiver.received()).hasSize(1);
            assertThat(elsewhere.received()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "120, PT2M",
        "0, PT0S",
        "'Fri, 02 Jan 2026 03:05:05 GMT', PT1M",
        "'Fri, 02 Jan 2026 03:00:00 GMT', PT0S",
        "99999999999999999999, PT24H",
        "'Fri, 02 Jan 2099 03:05:05 GMT', PT24H",
        "soon, ",
        "-1, "
    })
    void honoursRetryAfterForADayAtMost(String value, Duration expected) throws Exception {
        try (HookReceiver receiver = HookReceiver.answering(
                "HTTP/1.1 429 Too Many Requests\nRetry-After: " + value + "\nContent-Length: 0\n\n")) {
            assertThat(send(receiver))
                    .isEqualTo(new Failed("The receiver answered 429", Optional.ofNullable(expected)));
        }
    }

    @Test
    void failsWhereTheConnectionIsReset() throws Exception {
        try (HookReceiver receiver = new HookReceiver(connection -> connection.setSoLinger(true, 0))) {
            assertThat(send(receiver)).isEqualTo(Failed.of("The connection broke before the receiver had answered"));
        }
    }

    @Test
    void failsWhereNobodyListens() throws Exception {
        URI url;
        try (HookReceiver receiver = HookReceiver.answering("")) {
            url = receiver.at("127.0.0.1");
        }
        try (HttpWebhookSender sender = sender()) {
            assertThat(sender.send(WebhookEndpoint.builder("deploy", url).build(), MESSAGE))
                    .isEqualTo(Failed.of("The receiver could not be connected to"));
        }
    }

    @Test
    void failsWhereTheAnswerIsNotHttp() throws Exception {
        try (HookReceiver receiver = HookReceiver.answering("secret\n\n")) {
            assertThat(send(receiver)).isEqualTo(Failed.of("The receiver does not answer in HTTP"));
        }
    }

    @Test
    void doesNotReadAnAnswerWithoutEnd() throws Exception {
        CountDownLatch cut = new CountDownLatch(1);
        try (HookReceiver receiver = new HookReceiver(connection -> {
            RawServer.send(connection, "HTTP/1.1 200 OK\r\n\r\n");
            OutputStream output = connection.getOutputStream();
            try {
                for (byte[] some = new byte[64 * 1024]; ; ) {
                    output.write(some);
                }
            } finally {
                cut.countDown();
            }
        })) {
            assertThat(send(receiver)).isEqualTo(new Delivered());
            cut.await();
        }
    }

    @Test
    void endsAnAttemptThatIsAnsweredByteByByte() throws Exception {
        try (HookReceiver receiver = new HookReceiver(connection -> {
                    OutputStream output = connection.getOutputStream();
                    RawServer.send(connection, "HTTP/1.1 200 OK\r\nX: ");
                    while (true) {
                        output.write('x');
                        output.flush();
                        Thread.sleep(20);
                    }
                });
                HttpWebhookSender sender = sender()) {
            assertThat(sender.send(
                            endpoint(receiver).timeout(Duration.ofMillis(300)).build(), MESSAGE))
                    .isEqualTo(Failed.of("The receiver did not answer in time"));
        }
    }

    @Test
    void endsAnAttemptThatIsNotAnswered() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (HookReceiver receiver = new HookReceiver(connection -> over.await());
                HttpWebhookSender sender = sender()) {
            assertThat(sender.send(
                            endpoint(receiver).timeout(Duration.ofMillis(200)).build(), MESSAGE))
                    .isEqualTo(Failed.of("The receiver did not answer in time"));
        }
        over.countDown();
    }

    /** The body of an answer is late: its status counts. */
    @Test
    void doesNotWaitForTheBodyOfAnAnswerForLongerThanTheTimeout() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (HookReceiver receiver = new HookReceiver(connection -> {
                    RawServer.send(connection, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
                    over.await();
                });
                HttpWebhookSender sender = sender()) {
            assertThat(sender.send(
                            endpoint(receiver).timeout(Duration.ofMillis(300)).build(), MESSAGE))
                    .isEqualTo(new Delivered());
        }
        over.countDown();
    }

    /** Connections are not accepted any more by a socket whose queue is full; each of several addresses would be tried. */
    @Test
    void endsAnAttemptToConnectToSeveralAddresses() throws Exception {
        List<Socket> queued = new ArrayList<>();
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket full = new ServerSocket(0, 1, loopback)) {
            for (int i = 0; i < 4; i++) {
                Socket socket = new Socket();
                queued.add(socket);
                try {
                    socket.connect(full.getLocalSocketAddress(), 200);
                } catch (IOException e) {
                    break;
                }
            }
            WebhookHttpOptions options = WebhookHttpOptions.builder()
                    .allowInside("hooks.example")
                    .resolver(host -> new InetAddress[] {loopback, loopback, loopback})
                    .build();
            try (HttpWebhookSender sender = HttpWebhookSender.of(options)) {
                URI url = URI.create("http://hooks.example:" + full.getLocalPort() + "/");
                long begin = System.nanoTime();
                assertThat(sender.send(
                                WebhookEndpoint.builder("deploy", url)
                                        .timeout(Duration.ofMillis(300))
                                        .build(),
                                MESSAGE))
                        .isEqualTo(Failed.of("The receiver did not answer in time"));
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
            }
        } finally {
            for (Socket socket : queued) {
                socket.close();
            }
        }
    }

    @Test
    void endsAnAttemptWhoseNameServerIsSlow() {
        CountDownLatch over = new CountDownLatch(1);
        WebhookHttpOptions options = WebhookHttpOptions.builder()
                .resolver(host -> {
                    try {
                        over.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return new InetAddress[0];
                })
                .build();
        try (HttpWebhookSender sender = HttpWebhookSender.of(options)) {
            assertThat(sender.send(
                            WebhookEndpoint.builder("deploy", URI.create("https://hooks.example/"))
                                    .timeout(Duration.ofMillis(100))
                                    .build(),
                            MESSAGE))
                    .isEqualTo(Failed.of("The receiver did not answer in time"));
        }
        over.countDown();
    }

    @Test
    void endsAnAttemptWhoseThreadIsInterrupted() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        Thread self = Thread.currentThread();
        try (HookReceiver receiver = new HookReceiver(connection -> {
            self.interrupt();
            over.await();
        })) {
            assertThat(send(receiver)).isEqualTo(Failed.of("The attempt was interrupted"));
            assertThat(Thread.interrupted()).isTrue();
        }
        over.countDown();
    }

    @Test
    void sendsSeveralRequestsWhereTheFormatHoldsOneTag() throws Exception {
        try (HookReceiver receiver =
                        HookReceiver.answering("HTTP/1.1 200 OK\nContent-Length: 0\nConnection: close\n\n");
                HttpWebhookSender sender = sender()) {
            WebhookEndpoint endpoint =
                    endpoint(receiver).format(WebhookFormat.DOCKER_HUB).build();

            assertThat(sender.send(endpoint, MESSAGE)).isEqualTo(new Delivered());
            assertThat(receiver.received())
                    .extracting(received -> header(received, "webhook-id"))
                    .containsExactly("msg_1", "msg_1-1");
        }
    }

    @Test
    void sendsNothingWhereTheFormatHasNoMessage() throws Exception {
        RegistryEvent deletion = RegistryEvent.builder(EventType.TAG_DELETED, RepositoryName.parse("team/app"))
                .tags(Tag.LATEST)
                .build();
        try (HookReceiver receiver = HookReceiver.answering("");
                HttpWebhookSender sender = sender()) {
            assertThat(sender.send(
                            endpoint(receiver).format(WebhookFormat.DOCKER_HUB).build(),
                            new WebhookMessage("msg_1", List.of(deletion))))
                    .isEqualTo(new SendResult.NotForFormat());
            assertThat(receiver.received()).isEmpty();
        }
    }

    @Test
    void letsAnEndpointHaveAnotherContentType() throws Exception {
        try (HookReceiver receiver = HookReceiver.answering("HTTP/1.1 200 OK\nContent-Length: 0\n\n");
                HttpWebhookSender sender = sender()) {
            String later = "application/vnd.docker.distribution.events.v2+json";
            WebhookEndpoint endpoint = endpoint(receiver)
                    .format(WebhookFormat.DISTRIBUTION)
                    .headers(Map.of("content-type", later))
                    .build();

            assertThat(sender.send(endpoint, MESSAGE)).isEqualTo(new Delivered());
            assertThat(header(receiver.received().get(0), "Content-Type")).isEqualTo(later);
        }
    }

    @Test
    void speaksTlsToReceiversWhoseCertificateIsTrustedForTheirName(@TempDir Path directory) throws Exception {
        TestAuthority authority = new TestAuthority("Example authority");
        SSLContext context = authority.issue(directory, "hooks.example").serverContext(authority);
        ServerSocket socket =
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        WebhookHttpOptions.Builder options = WebhookHttpOptions.builder()
                .allowInside("127.0.0.0/8")
                .resolver(host -> new InetAddress[] {InetAddress.getLoopbackAddress()});
        try (HookReceiver receiver = new HookReceiver(
                socket, connection -> RawServer.send(connection, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))) {
            WebhookEndpoint right = endpoint(receiver, "hooks.example");
            WebhookEndpoint wrong = endpoint(receiver, "other.example");
            Failed untrusted =
                    Failed.of("The receiver has no certificate for its name that is trusted, or speaks no TLS");
            try (HttpWebhookSender sender = HttpWebhookSender.of(options.build())) {
                assertThat(sender.send(right, MESSAGE)).isEqualTo(untrusted);
            }
            Path trusted = authority.certificateFile(directory);
            options.trust("hooks.example", trusted).trust("other.example", trusted);
            try (HttpWebhookSender sender = HttpWebhookSender.of(options.build())) {
                assertThat(sender.send(right, MESSAGE)).isEqualTo(new Delivered());
                assertThat(sender.send(wrong, MESSAGE)).isEqualTo(untrusted);
            }
            assertThat(receiver.received()).hasSize(1);
        }
    }

    private static WebhookEndpoint endpoint(HookReceiver receiver, String host) {
        return WebhookEndpoint.builder("deploy", URI.create("https://" + host + ":" + receiver.port() + "/"))
                .timeout(Duration.ofSeconds(30))
                .build();
    }

    @Test
    void failsAfterItIsClosed() throws Exception {
        try (HookReceiver receiver = HookReceiver.answering("HTTP/1.1 200 OK\n\n")) {
            HttpWebhookSender sender = sender();
            sender.close();
            sender.close();

            assertThat(sender.send(endpoint(receiver).build(), MESSAGE)).isInstanceOf(Failed.class);
            assertThat(receiver.received()).isEmpty();
        }
    }
}
