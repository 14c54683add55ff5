package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.client.RemoteOptions;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.client.RetryPolicy;
import dev.berth.registry.client.fixtures.ScriptedServer;
import dev.berth.registry.client.fixtures.ScriptedServer.Answer;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The clients of a server do not learn which server is behind it, whatever that one answers to whatever they ask. */
@Timeout(60)
final class UpstreamAddressTest {
    private static final String DIGEST = Digest.sha256(new byte[0]).toString();
    private static final byte[] MANIFEST = "{\"schemaVersion\":2,\"layers\":[]}".getBytes(StandardCharsets.UTF_8);

    /** All routes of the API, with a body where one is needed. */
    private static final List<String> ROUTES = List.of(
            "GET /v2/a/manifests/1.0",
            "HEAD /v2/a/manifests/1.0",
            "PUT /v2/a/manifests/1.0",
            "DELETE /v2/a/manifests/1.0",
            "DELETE /v2/a/manifests/" + DIGEST,
            "GET /v2/a/blobs/" + DIGEST,
            "HEAD /v2/a/blobs/" + DIGEST,
            "DELETE /v2/a/blobs/" + DIGEST,
            "GET /v2/a/tags/list",
            "GET /v2/a/referrers/" + DIGEST,
            "GET /v2/_catalog",
            "POST /v2/a/blobs/uploads/",
            "POST /v2/a/blobs/uploads/?digest=" + DIGEST,
            "POST /v2/a/blobs/uploads/?mount=" + DIGEST + "&from=b",
            "GET /v2/a/blobs/uploads/UPLOAD",
            "PATCH /v2/a/blobs/uploads/UPLOAD",
            "PUT /v2/a/blobs/uploads/UPLOAD?digest=" + DIGEST,
            "DELETE /v2/a/blobs/uploads/UPLOAD");

    /** What the upstream answers; SELF stands for its own address. */
    private static final Map<String, Answer> ANSWERS = Map.of(
            "basic", new Answer(401, "", "WWW-Authenticate", "Basic realm=\"http://SELF\""),
            "bearer", new Answer(401, "", "WWW-Authenticate", "Bearer realm=\"http://SELF/token\",service=\"SELF\""),
            "foreign", new Answer(401, "", "WWW-Authenticate", "Bearer realm=\"https://auth.upstream.invalid/token\""),
            "silent", new Answer(401, ""),
            "denied", new Answer(403, "", "WWW-Authenticate", "Basic realm=\"SELF\""),
            "telling",
                    new Answer(
                            403,
                            "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"http://SELF/x and SELF refuse\","
                                    + "\"detail\":{\"at\":\"http://SELF/\"}}]}"),
            "failing", new Answer(500, "", "WWW-Authenticate", "Basic realm=\"SELF\""),
            "page", new Answer(404, "<html>SELF</html>", "Content-Type", "text/html"),
            "leading", new Answer(307, "", "Location", "http://storage.upstream.invalid/x"));

    static Stream<Arguments> cases() {
        return ROUTES.stream()
                .flatMap(route -> ANSWERS.keySet().stream().sorted().map(answer -> Arguments.of(route, answer)));
    }

    private static Answer with(Answer answer, String self) {
        String[] headers = new String[answer.headers().length];
        for (int i = 0; i < headers.length; i++) {
            headers[i] = answer.headers()[i].replace("SELF", self);
        }
        return new Answer(answer.status(), answer.body().replace("SELF", self), headers);
    }

    /** A server in front that asks nobody who they are, but would if the registry refused an anonymous caller. */
    private static TestServer front(RemoteRegistry remote) throws IOException {
        Authenticator asking = new Authenticator() {
            @Override
            public Caller authenticate(RegistryRequest request, RequestedAccess access) {
                return Caller.anonymous();
            }

            @Override
            public List<String> challenges(RegistryRequest request, RequestedAccess access) {
                return List.of("Basic realm=\"front\"");
            }
        };
        return TestServer.serving(remote, builder -> builder.authenticator(asking));
    }

    private static RawResponse send(TestServer front, String route) throws IOException {
        String method = route.substring(0, route.indexOf(' '));
        String target = route.substring(route.indexOf(' ') + 1).replace("UPLOAD", "L3YyL2EvYmxvYnMvdXBsb2Fkcy94");
        boolean manifest = route.startsWith("PUT") && route.contains("manifests");
        byte[] body = manifest ? MANIFEST : method.equals("PATCH") ? new byte[3] : new byte[0];
        return method.equals("HEAD")
                ? front.head(target)
                : front.exchange(
                        method,
                        target,
                        body,
                        "Content-Type: "
                                + (manifest
                                        ? "application/vnd.oci.image.manifest.v1+json"
                                        : "application/octet-stream"));
    }

    private static RemoteRegistry remote(String address) {
        return RemoteRegistry.at(
                address, RemoteOptions.builder().retry(RetryPolicy.none()).build());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isNotNamedInWhatClientsGet(String route, String name) throws Exception {
        List<String> self = new ArrayList<>(List.of(""));
        try (ScriptedServer upstream = new ScriptedServer(request -> with(ANSWERS.get(name), self.get(0)))) {
            self.set(0, upstream.address());
            try (RemoteRegistry remote = remote(upstream.address());
                    TestServer front = front(remote)) {
                RawResponse response = send(front, route);

                assertThat(response.status()).isGreaterThanOrEqualTo(400).isNotEqualTo(401);
                if (ANSWERS.get(name).status() == 403) {
                    assertThat(response.status()).isIn(403, 404);
                }
                assertThat(response.all("WWW-Authenticate")).isEmpty();
                assertThat(response.toString())
                        .doesNotContain("127.0.0.1")
                        .doesNotContain(
                                upstream.address().substring(upstream.address().indexOf(':')))
                        .doesNotContain("upstream.invalid")
                        .doesNotContain("realm");
            }
        }
    }

    @Test
    void isNotNamedWhenItIsNotThere() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        for (String address : List.of("127.0.0.1:" + port, "https://upstream.invalid", "https://upstream:" + port)) {
            try (RemoteRegistry remote = remote(address);
                    TestServer front = front(remote)) {
                RawResponse response = front.get("/v2/a/manifests/1.0");

                assertThat(response.status()).isEqualTo(503);
                assertThat(response.toString())
                        .doesNotContain("127.0.0.1")
                        .doesNotContain("" + port)
                        .doesNotContain("upstream");
            }
        }
    }

    /** Some registries take uploads elsewhere. The client in front continues them all the same. */
    @Test
    void isNotNamedByTheAddressOfAnUpload() throws Exception {
        try (ScriptedServer storage =
                        new ScriptedServer(request -> request.method().equals("PUT")
                                ? new Answer(201, "")
                                : new Answer(202, "", "Location", "/more", "Range", "0-2"));
                ScriptedServer upstream =
                        new ScriptedServer(request -> request.method().equals("POST")
                                ? new Answer(202, "", "Location", "http://" + storage.address() + "/some")
                                : new Answer(404, ""));
                RemoteRegistry remote = remote(upstream.address());
                TestServer front = front(remote)) {
            RawResponse started = front.exchange("POST", "/v2/a/blobs/uploads/");
            assertThat(started.status()).isEqualTo(202);
            String location = started.header("Location").orElseThrow();
            assertThat(decoded(location)).doesNotContain("http").doesNotContain("127.0.0.1");

            RawResponse appended =
                    front.exchange("PATCH", location, new byte[3], "Content-Type: application/octet-stream");
            assertThat(appended.status()).isEqualTo(202);
            assertThat(decoded(appended.header("Location").orElseThrow())).doesNotContain("127.0.0.1");
            assertThat(storage.requests()).isNotEmpty();
        }
    }

    private static String decoded(String location) {
        String last = location.substring(location.lastIndexOf('/') + 1);
        try {
            return location + new String(java.util.Base64.getUrlDecoder().decode(last), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            return location;
        }
    }
}
