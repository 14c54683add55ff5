package dev.berth.registry.storage.s3;

import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** What somebody is told whose bucket cannot be opened. */
class OpenCheckTest {
    private final Gateway gateway = S3Proxy.get();

    private static void assertRefused(S3StorageOptions.Builder options, String... parts) {
        assertThatIOException()
                .isThrownBy(() -> S3ObjectStore.open(options.maxAttempts(1).build()))
                .withMessageStartingWith("The bucket ")
                .satisfies(e -> org.assertj.core.api.Assertions.assertThat(e.getMessage())
                        .contains(parts));
    }

    private static StaticCredentialsProvider keys(String access, String secret) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(access, secret));
    }

    @Test
    void saysThatThereIsNoSuchBucket() {
        assertRefused(
                S3StorageOptions.builder("no-bucket-of-ours")
                        .endpoint(gateway.endpoint())
                        .credentials(keys(gateway.accessKey(), gateway.secretKey())),
                "no-bucket-of-ours",
                "no such bucket");
    }

    @Test
    void saysThatTheKeysAreWrong() {
        assertRefused(
                gateway.options("").credentials(keys(gateway.accessKey(), "wrong-secret")),
                "secret key does not belong");
    }

    @Test
    void saysThatNobodyAnswers() throws IOException {
        int port;
        try (java.net.ServerSocket closed = new java.net.ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        URI nobody = URI.create("http://127.0.0.1:" + port);
        assertRefused(gateway.options("").endpoint(nobody), "cannot be reached", nobody.toString());
    }

    @Test
    void saysThatItIsNotTls() {
        URI plain = URI.create("https://127.0.0.1:" + gateway.endpoint().getPort());
        assertRefused(gateway.options("").endpoint(plain), "TLS");
    }

    @ParameterizedTest
    @CsvSource({
        "403, RequestTimeTooSkewed, clock",
        "403, AccessDenied, s3:ListBucket",
        "403, InvalidAccessKeyId, access key id",
        "400, ExpiredToken, session token",
        "301, PermanentRedirect, another region",
        "400, AuthorizationHeaderMalformed, another region",
        "400, SomethingElse, 400 SomethingElse"
    })
    void saysWhatTheServiceSays(int status, String code, String expected) throws IOException {
        assertAnswer(
                status,
                "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>m</Message></Error>",
                expected);
    }

    @ParameterizedTest
    @CsvSource({
        "200, <html><body>Welcome</body></html>",
        "404, <html><body>Not found</body></html>",
        "200, hello",
        "405, ''"
    })
    void saysThatItIsNotS3(int status, String body) throws IOException {
        assertAnswer(status, body, "is not an S3 service");
    }

    private void assertAnswer(int status, String body, String expected) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            assertRefused(gateway.options("").endpoint(endpoint), expected);
        } finally {
            server.stop(0);
        }
    }
}
