package dev.berth.registry.testing;

import static dev.berth.registry.testing.HttpMethod.DELETE;
import static dev.berth.registry.testing.HttpMethod.GET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every fault, as a client sees it. */
class FaultTest {
    private static final byte[] CONTENT = "0123456789".repeat(1000).getBytes(StandardCharsets.US_ASCII);

    private final TestRegistry registry = TestRegistry.start();
    private final Client client = new Client(registry);
    private final Digest blob = Digest.sha256(CONTENT);
    private final String blobPath = "/v2/app/blobs/" + blob;
    private final Descriptor image = registry.push("app:1.0", TestImages.empty());

    @BeforeEach
    void pushBlob() {
        registry.registry().repository(RepositoryName.parse("app")).blobs().push(blob, BlobSource.of(CONTENT));
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void aStatusComesWithTheErrorBodyOfARegistry() throws Exception {
        registry.inject(Fault.on(GET, "/v2/*/manifests/*").status(404));

        HttpResponse<byte[]> answer = client.get("/v2/app/manifests/1.0");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(text(answer)).contains("\"code\":\"MANIFEST_UNKNOWN\"");
        assertThat(client.get(blobPath).statusCode()).isEqualTo(200);
    }

    @Test
    void aStatusComesWithTheHeadersAndTheBodyThatWereOrdered() throws Exception {
        registry.inject(Fault.on("/v2/")
                .status(502, Map.of("X-Proxy", "p1", "Content-Type", "text/html"), "<h1>Bad Gateway</h1>"));

        HttpResponse<byte[]> answer = client.get("/v2/");

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.headers().firstValue("X-Proxy")).contains("p1");
        assertThat(answer.headers().allValues("Content-Type")).containsExactly("text/html");
        assertThat(text(answer)).isEqualTo("<h1>Bad Gateway</h1>");
    }

    @Test
    void tooManyRequestsSaysWhenToComeAgain() throws Exception {
        registry.inject(Fault.onAny().times(1).tooManyRequests(Duration.ofSeconds(7)));

        HttpResponse<byte[]> answer = client.get("/v2/");

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("7");
        assertThat(text(answer)).contains("TOOMANYREQUESTS");
        assertThat(client.get("/v2/").statusCode()).isEqualTo(200);

        // Not 0, which would be at once.
        registry.inject(Fault.onAny().times(1).tooManyRequests(Duration.ofMillis(500)));
        assertThat(client.get("/v2/").headers().firstValue("Retry-After")).contains("1");
    }

    @Test
    void onlyTheFirstRequestsAreHit() throws Exception {
        registry.inject(Fault.on(GET, "/v2/").times(2).status(503));

        assertThat(client.get("/v2/").statusCode()).isEqualTo(503);
        assertThat(client.send("HEAD", "/v2/").statusCode()).isEqualTo(200);
        assertThat(client.get("/v2/").statusCode()).isEqualTo(503);
        assertThat(client.get("/v2/").statusCode()).isEqualTo(200);
    }

    @Test
    void onlyTheNthRequestIsHit() throws Exception {
        registry.inject(Fault.onAny().nth(2).status(503));
        registry.inject(Fault.onAny().nth(4).times(2).status(500));

        int[] statuses = new int[6];
        for (int i = 0; i < statuses.length; i++) {
            statuses[i] = client.get("/v2/").statusCode();
        }

        // The second fault does not see the request that the first one has answered.
        assertThat(statuses).containsExactly(200, 503, 200, 200, 500, 500);
    }

    @Test
    void aFaultForARepositoryHitsNoOther() throws Exception {
        registry.push("team/app:1.0", TestImages.empty());
        registry.inject(Fault.in("team/app").status(503));

        assertThat(client.get("/v2/team/app/tags/list").statusCode()).isEqualTo(503);
        assertThat(client.get("/v2/app/tags/list").statusCode()).isEqualTo(200);
        assertThat(client.get("/v2/").statusCode()).isEqualTo(200);
    }

    @Test
    void oneStarStaysWithinASegmentAndTwoDoNot() throws Exception {
        registry.push("team/app:1.0", TestImages.empty());
        registry.inject(Fault.on(GET, "/v2/*/tags/list").status(500));

        assertThat(client.get("/v2/app/tags/list").statusCode()).isEqualTo(500);
        assertThat(client.get("/v2/team/app/tags/list").statusCode()).isEqualTo(200);

        registry.inject(Fault.on(GET, "/v2/**/list").status(502));

        assertThat(client.get("/v2/team/app/tags/list").statusCode()).isEqualTo(502);
    }

    @Test
    void aDelayComesBeforeTheAnswer() throws Exception {
        registry.inject(Fault.onAny().times(1).delay(Duration.ofMillis(200)));

        long before = System.nanoTime();
        int status = client.get("/v2/").statusCode();

        assertThat(status).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void aThrottledBodyTakesItsTimeAndIsComplete() throws Exception {
        registry.inject(Fault.on(GET, "/v2/*/blobs/*").throttle(50_000));

        long before = System.nanoTime();
        byte[] body = client.get(blobPath).body();

        assertThat(body).isEqualTo(CONTENT);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(190));
    }

    @Test
    void severalEffectsOfAFaultAddUp() throws Exception {
        registry.inject(Fault.on(GET, "/v2/*/blobs/*").wrongDigest().corruptAt(1));
        registry.inject(Fault.onAny().corruptAt(2));

        HttpResponse<byte[]> answer = client.get(blobPath);

        assertThat(digest(answer)).isNotEqualTo(blob.toString());
        assertThat(answer.body()).isEqualTo(flipped(CONTENT, 1, 2));
    }

    @Test
    void aResetComesInsteadOfAnAnswer() throws Exception {
        registry.inject(Fault.on(GET, "/v2/").times(1).reset());

        try (Socket socket = connect()) {
            socket.getOutputStream().write(rawGet("/v2/"));
            assertThatThrownBy(() -> socket.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
        assertThat(client.get("/v2/").statusCode()).isEqualTo(200);
    }

    @Test
    void aResetKeepsTheRequestFromTheRegistryAndALostAnswerDoesNot() throws Exception {
        String manifest = "/v2/app/manifests/" + image.digest();
        registry.inject(Fault.on(DELETE, "/v2/**").nth(1).reset());

        assertThatThrownBy(() -> client.send("DELETE", manifest)).isInstanceOf(IOException.class);
        assertThat(client.get(manifest).statusCode()).isEqualTo(200);

        registry.inject(Fault.on(DELETE, "/v2/**").nth(1).loseAnswer());

        assertThatThrownBy(() -> client.send("DELETE", manifest)).isInstanceOf(IOException.class);
        assertThat(client.get(manifest).statusCode()).isEqualTo(404);
    }

    @Test
    void aResetAfterSomeBytesComesAfterExactlyThese() throws Exception {
        registry.inject(Fault.on(GET, "/v2/*/blobs/*").resetAfter(4321));

        try (Socket socket = connect()) {
            socket.getOutputStream().write(rawGet(blobPath));
            InputStream input = socket.getInputStream();
            String head = readHead(input);
            byte[] body = new byte[CONTENT.length];
            int read = 0;

            assertThat(head).startsWith("HTTP/1.1 200 ").contains("Content-Length: " + CONTENT.length);
            assertThat(input.readNBytes(4321)).isEqualTo(Arrays.copyOf(CONTENT, 4321));
            assertThatThrownBy(() -> input.read(body, read, body.length))
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
        assertThatThrownBy(() -> client.get(blobPath)).isInstanceOf(IOException.class);
    }

    @Test
    void aTruncatedBodyEndsInOrderBeforeItsLength() throws Exception {
        registry.inject(Fault.on(GET, "/v2/*/blobs/*").truncate(4321));

        try (Socket socket = connect()) {
            socket.getOutputStream().write(rawGet(blobPath));
            InputStream input = socket.getInputStream();

            assertThat(readHead(input)).startsWith("HTTP/1.1 200 ").contains("Content-Length: " + CONTENT.length);
            // Up to the end of the stream, which a reset would not let through.
            assertThat(input.readAllBytes()).isEqualTo(Arrays.copyOf(CONTENT, 4321));
        }
        assertThatThrownBy(() -> client.get(blobPath)).isInstanceOf(IOException.class);
    }

    @Test
    void aTruncatedBodyMayEndBeforeItsFirstByte() throws Exception {
        registry.inject(Fault.on(GET, "/v2/*/blobs/*").truncate(0));

        try (Socket socket = connect()) {
            socket.getOutputStream().write(rawGet(blobPath));
            InputStream input = socket.getInputStream();

            assertThat(readHead(input)).contains("Content-Length: " + CONTENT.length);
            assertThat(input.readAllBytes()).isEmpty();
        }
    }

    @Test
    void aBodyThatIsNotLongerIsNotTruncatedAndTheConnectionGoesOn() throws Exception {
        registry.inject(Fault.on("/v2/*/blobs/*").truncate(CONTENT.length));

        try (Socket socket = connect()) {
            InputStream input = socket.getInputStream();
            for (int i = 0; i < 2; i++) {
                socket.getOutputStream().write(rawGet(blobPath));
                assertThat(readHead(input)).startsWith("HTTP/1.1 200 ");
                assertThat(input.readNBytes(CONTENT.length)).isEqualTo(CONTENT);
            }
        }
        assertThat(client.send("HEAD", blobPath).headers().firstValue("Content-Length"))
                .contains(Integer.toString(CONTENT.length));
    }

    @Test
    void overTlsATruncatedBodyEndsWithTheAlertThatClosesInOrder() throws Exception {
        try (TestRegistry secured = TestRegistry.builder()
                .tls()
                .content(r -> r.repository(RepositoryName.parse("app")).blobs().push(blob, BlobSource.of(CONTENT)))
                .fault(Fault.on(GET, "/v2/*/blobs/*").truncate(4321))
                .start()) {
            try (Socket socket = secured.sslContext()
                    .getSocketFactory()
                    .createSocket("127.0.0.1", secured.uri().getPort())) {
                socket.setSoTimeout(30_000);
                socket.getOutputStream().write(rawGet(blobPath));
                InputStream input = socket.getInputStream();
                readHead(input);

                // Without the alert, the JDK reports a possible truncation attack.
                assertThat(input.readAllBytes()).isEqualTo(Arrays.copyOf(CONTENT, 4321));
            }
        }
    }

    @Test
    void aCorruptedBodyDiffersInOneByte() throws Exception {
        registry.inject(Fault.on(GET, "/v2/*/blobs/*").nth(1).corrupt());
        registry.inject(Fault.on(GET, "/v2/*/blobs/*").nth(2).corruptAt(9999));
        registry.inject(Fault.on(GET, "/v2/*/blobs/*").nth(3).corruptAt(10_000));

        assertThat(client.get(blobPath).body()).isEqualTo(flipped(CONTENT, 0));
        assertThat(client.get(blobPath).body()).isEqualTo(flipped(CONTENT, 9999));
        assertThat(client.get(blobPath).body()).isEqualTo(CONTENT);
    }

    @Test
    void aWrongDigestIsADigestOfSomethingElse() throws Exception {
        registry.inject(Fault.onAny().times(2).wrongDigest());

        HttpResponse<byte[]> answer = client.get("/v2/app/manifests/1.0");

        assertThat(Digest.parse(digest(answer))).isNotEqualTo(image.digest());
        assertThat(Digest.sha256(answer.body())).isEqualTo(image.digest());
        assertThat(digest(client.send("HEAD", "/v2/app/manifests/1.0")))
                .isNotEqualTo(image.digest().toString());
        assertThat(digest(client.get("/v2/app/manifests/1.0")))
                .isEqualTo(image.digest().toString());
    }

    @Test
    void aLengthThatIsTooLargeIsNeverReached() throws Exception {
        registry.inject(Fault.on("/v2/*/blobs/*").wrongLength(10));

        try (Socket socket = connect()) {
            socket.getOutputStream().write(rawGet(blobPath));
            assertThat(readHead(socket.getInputStream())).contains("Content-Length: 10010");
            assertThat(socket.getInputStream().readAllBytes()).isEqualTo(CONTENT);
        }
        assertThat(client.send("HEAD", blobPath).headers().firstValue("Content-Length"))
                .contains("10010");
    }

    @Test
    void aLengthThatIsTooSmallCutsTheBody() throws Exception {
        registry.inject(Fault.on(GET, "/v2/*/blobs/*").wrongLength(-10));

        assertThat(client.get(blobPath).body()).isEqualTo(Arrays.copyOf(CONTENT, 9990));
    }

    @Test
    void faultsCanBeTakenBack() throws Exception {
        Fault fault = Fault.onAny().status(500);
        registry.inject(fault);
        assertThat(client.get("/v2/").statusCode()).isEqualTo(500);

        assertThat(registry.remove(Fault.onAny().status(500))).isTrue();
        assertThat(registry.remove(fault)).isFalse();
        assertThat(client.get("/v2/").statusCode()).isEqualTo(200);

        registry.inject(fault);
        registry.clearFaults();
        assertThat(client.get("/v2/").statusCode()).isEqualTo(200);
    }

    @Test
    void faultsThatCannotBeAreRefusedWhenTheyAreMade() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry.inject(Fault.onAny()))
                .withMessageContaining("does not say what goes wrong");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fault.on(GET, "v2/"))
                .withMessageContaining("begins with a slash");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fault.on(GET, "/v2/_catalog?n=1"))
                .withMessageContaining("question mark");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fault.onAny().tooManyRequests(Duration.ofSeconds(-1)))
                .withMessageContaining("before now");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fault.onAny().status(200, Map.of("content-length", "5"), "x"))
                .withMessageContaining("wrongLength");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fault.onAny().nth(0))
                .withMessageContaining("counted from 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fault.onAny().status(99))
                .withMessageContaining("200 to 599");
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.onAny().throttle(0));
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.onAny().wrongLength(0));
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.onAny().truncate(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.onAny().resetAfter(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.in("App"));
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(30_000);
        socket.connect(
                new InetSocketAddress(registry.uri().getHost(), registry.uri().getPort()));
        return socket;
    }

    private static byte[] rawGet(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: registry.test\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static String readHead(InputStream input) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = input.read();
            assertThat(c).as("the head goes on after %s", head).isNotNegative();
            head.append((char) c);
        }
        return head.toString();
    }

    private static byte[] flipped(byte[] bytes, int... positions) {
        byte[] copy = bytes.clone();
        for (int position : positions) {
            copy[position] ^= (byte) 0xff;
        }
        return copy;
    }

    private static String digest(HttpResponse<?> answer) {
        return answer.headers().firstValue("Docker-Content-Digest").orElseThrow();
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
