package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Tag;
import dev.berth.registry.fixtures.Expected;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a filter can do to requests and responses. */
public class FilterTest extends ServedTest {

    private TestServer filtered(ServerFilter filter) throws IOException {
        return serve(builder -> builder.filter(filter));
    }

    /** Writes the beginning of another body, then fails. */
    private record CutBody(ResponseBody body, int bytes, IOException failure) implements ResponseBody {
        @Override
        public OptionalLong length() {
            return body.length();
        }

        @Override
        public void writeTo(OutputStream output) throws IOException {
            output.write(new byte[bytes]);
            throw failure;
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }

    @Test
    void respondsInsteadOfTheRegistry() throws Exception {
        try (TestServer server = filtered((request, next) ->
                RegistryResponse.builder(429).header("Retry-After", "7").build())) {
            RawResponse response = server.get("/v2/");

            assertThat(response.status()).isEqualTo(429);
            assertThat(response.header("Retry-After")).hasValue("7");
        }
    }

    @Test
    void changesTheRequest() throws Exception {
        try (TestServer server = filtered((request, next) -> next.handle(request.toBuilder()
                .method("PUT")
                .target("/v2/team/app/manifests/1.0")
                .replaceHeader("Content-Type", "application/x")
                .body(new ByteArrayInputStream("[]".getBytes(StandardCharsets.US_ASCII)), OptionalLong.of(2))
                .build()))) {
            RawResponse response = server.get("/v2/");

            assertThat(response.status()).isEqualTo(201);
            Manifest stored = server.repository("team/app").manifests().get(Tag.parse("1.0"));
            assertThat(stored.mediaType()).isEqualTo("application/x");
            assertThat(stored.bytes()).asString(StandardCharsets.US_ASCII).isEqualTo("[]");
        }
    }

    @Test
    void changesTheResponse() throws Exception {
        try (TestServer server = filtered((request, next) -> next.handle(request)
                .withHeader("X-Filtered", "yes")
                .withHeader("Content-Type", "text/plain")
                .withHeader("Content-Length", "99")
                .withHeader("Transfer-Encoding", "nonsense")
                .withBody(ResponseBody.of("changed".getBytes(StandardCharsets.US_ASCII))))) {
            RawResponse response = server.get("/v2/");

            assertThat(response.header("X-Filtered")).hasValue("yes");
            assertThat(response.all("Content-Type")).containsExactly("text/plain");
            assertThat(response.all("Content-Length")).containsExactly("7");
            assertThat(response.header("Transfer-Encoding")).isEmpty();
            assertThat(response.text()).isEqualTo("changed");
        }
    }

    @Test
    void sendsABodyOfUnknownLengthInChunks() throws Exception {
        ResponseBody unknown = ResponseBody.of(
                new ByteArrayInputStream("hello".getBytes(StandardCharsets.US_ASCII)), OptionalLong.empty());
        try (TestServer server =
                filtered((request, next) -> next.handle(request).withBody(unknown))) {
            RawResponse response = server.get("/v2/");

            assertThat(response.header("Transfer-Encoding")).hasValue("chunked");
            assertThat(response.text()).isEqualTo("hello");
        }
    }

    @Test
    void sendsABodyOfUnknownLengthToAnOldClientUntilTheEnd() throws Exception {
        ResponseBody unknown = ResponseBody.of(
                new ByteArrayInputStream("hello".getBytes(StandardCharsets.US_ASCII)), OptionalLong.empty());
        try (TestServer server =
                        filtered((request, next) -> next.handle(request).withBody(unknown));
                RawConnection connection = server.connect()) {
            RawResponse head = connection.send("GET /v2/ HTTP/1.0\n\n").readHead();

            assertThat(head.header("Transfer-Encoding")).isEmpty();
            assertThat(connection.readToEnd())
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo("hello");
        }
    }

    @Test
    void cutsABodyOffSoThatTheClientNotices() throws Exception {
        for (OptionalLong length : new OptionalLong[] {OptionalLong.of(100), OptionalLong.empty()}) {
            ResponseBody whole = ResponseBody.of(new ByteArrayInputStream(new byte[100]), length);
            for (IOException failure : new IOException[] {
                ExchangeAbortedException.close(),
                ExchangeAbortedException.reset(),
                Expected.failure(new IOException("the storage failed"))
            }) {
                try (TestServer server =
                        filtered((request, next) -> next.handle(request).withBody(new CutBody(whole, 50, failure)))) {
                    assertThatThrownBy(() -> server.get("/v2/"))
                            .as(failure + " " + length)
                            .isInstanceOf(IOException.class);
                }
            }
        }
    }

    @Test
    void deliversWhatWasWrittenBeforeClosing() throws Exception {
        ResponseBody whole = ResponseBody.of(new byte[100]);
        try (TestServer server = filtered((request, next) ->
                        next.handle(request).withBody(new CutBody(whole, 50, ExchangeAbortedException.close())));
                RawConnection connection = server.connect()) {
            RawResponse head = connection.send("GET /v2/ HTTP/1.1\nHost: x\n\n").readHead();

            assertThat(head.header("Content-Length")).hasValue("100");
            assertThat(connection.readToEnd()).hasSize(50);
        }
    }

    @Test
    void detectsABodyOfTheWrongLength() throws Exception {
        for (int announced : new int[] {5, 50}) {
            ResponseBody wrong = ResponseBody.of(new ByteArrayInputStream(new byte[20]), OptionalLong.of(announced));
            try (TestServer server =
                            filtered((request, next) -> next.handle(request).withBody(wrong));
                    RawConnection connection = server.connect()) {
                connection.send("GET /v2/ HTTP/1.1\nHost: x\n\n".repeat(2));

                assertThatThrownBy(() -> {
                            connection.read();
                            connection.read();
                        })
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void closesTheConnectionWithoutAResponse() throws Exception {
        try (TestServer server = filtered((request, next) -> {
                    throw ExchangeAbortedException.close();
                });
                RawConnection connection = server.connect()) {
            connection.send("GET /v2/ HTTP/1.1\nHost: x\n\n");

            assertThat(connection.readToEnd()).isEmpty();
        }
    }

    @Test
    void resetsTheConnection() throws Exception {
        try (TestServer server = filtered((request, next) -> {
                    throw ExchangeAbortedException.reset();
                });
                RawConnection connection = server.connect()) {
            connection.send("GET /v2/ HTTP/1.1\nHost: x\n\n");

            assertThatThrownBy(connection::readToEnd).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void seesErrorsAsResponses() throws Exception {
        List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
        try (TestServer server = filtered((request, next) -> {
            RegistryResponse response = next.handle(request);
            seen.add(response.status());
            return response;
        })) {
            server.get("/v2/a/tags/list");
            server.get("/v2/A/tags/list");
            server.exchange("BREW", "/v2/");
        }
        assertThat(seen).containsExactly(404, 400, 405);
    }

    @Test
    void returnsErrorResponsesForItsExceptions() throws Exception {
        RegistryException busy = RegistryException.of(ErrorCode.TOOMANYREQUESTS, "Slow down");
        try (TestServer server = filtered((request, next) -> {
            throw request.path().equals("/v2/")
                    ? busy
                    : Expected.failure(new IllegalStateException("internal affairs"));
        })) {
            assertThat(server.get("/v2/").status()).isEqualTo(429);
            RawResponse response = server.get("/v2/x");
            assertThat(response.status()).isEqualTo(500);
            assertThat(response.text()).doesNotContain("internal affairs");
        }
    }

    @Test
    void wrapsFiltersThatAreAddedLater() throws Exception {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        ServerFilter first = (request, next) -> {
            order.add("first in");
            RegistryResponse response = next.handle(request);
            order.add("first out");
            return response;
        };
        ServerFilter second = (request, next) -> {
            order.add("second in");
            return next.handle(request);
        };
        try (TestServer server =
                serve(builder -> builder.filter(first).filter(second))) {
            server.get("/v2/");
        }
        assertThat(order).containsExactly("first in", "second in", "first out");
    }

    @Test
    void knowsTheCallerAfterTheHandler() throws Exception {
        List<String> callers = Collections.synchronizedList(new ArrayList<>());
        try (TestServer server = serve(builder -> builder.authenticator(
                        (request, access) -> Caller.named("alice"))
                .filter((request, next) -> {
                    callers.add(request.caller().name());
                    RegistryResponse response = next.handle(request.toBuilder().build());
                    callers.add(request.caller().name());
                    return response;
                }))) {
            server.get("/v2/");
        }
        assertThat(callers).containsExactly("", "alice");
    }
}
