package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One request after the other on the same connection. */
public class KeepAliveTest extends ServedTest {
    private static final String PING = "GET /v2/ HTTP/1.1\nHost: x\n\n";

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = serve();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void servesManyRequestsOnOneConnection() throws Exception {
        try (RawConnection connection = server.connect()) {
            for (int i = 0; i < 100; i++) {
                RawResponse response = connection.send(PING).read();
                assertThat(response.status()).isEqualTo(200);
                assertThat(response.header("Connection")).isEmpty();
            }
        }
    }

    @Test
    void servesPipelinedRequests() throws Exception {
        try (RawConnection connection = server.connect()) {
            connection.send(PING.repeat(20));

            assertThat(IntStream.range(0, 20))
                    .allSatisfy(i -> assertThat(connection.read().status()).isEqualTo(200));
        }
    }

    @Test
    void reusesTheConnectionAfterErrorsAndHead() throws Exception {
        try (RawConnection connection = server.connect()) {
            assertThat(connection
                            .send("GET /v2/a/tags/list HTTP/1.1\nHost: x\n\n")
                            .read()
                            .status())
                    .isEqualTo(404);
            RawResponse head = connection
                    .send("HEAD /v2/a/manifests/1.0 HTTP/1.1\nHost: x\n\n")
                    .readHead();
            assertThat(head.status()).isEqualTo(404);
            assertThat(Integer.parseInt(head.header("Content-Length").orElseThrow()))
                    .isPositive();
            assertThat(connection.send(PING).read().status()).isEqualTo(200);
        }
    }

    @Test
    void skipsASmallUnreadBody() throws Exception {
        try (RawConnection connection = server.connect()) {
            for (String method : new String[] {"GET", "DELETE", "PATCH"}) {
                RawResponse response = connection
                        .send(method + " /nothing HTTP/1.1\nHost: x\nContent-Length: 11\n\nhello world")
                        .read();
                assertThat(response.status()).isEqualTo(404);
                assertThat(response.header("Connection")).isEmpty();
            }
            assertThat(connection.send(PING).read().status()).isEqualTo(200);
        }
    }

    @Test
    void closesAfterALargeUnreadBody() throws Exception {
        try (RawConnection connection = server.connect()) {
            connection.send("GET /v2/ HTTP/1.1\nHost: x\nContent-Length: 70000\n\n");
            connection.sendBytes(new byte[70_000]);

            RawResponse response = connection.read();

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("Connection")).hasValue("close");
            assertThat(connection.readToEnd()).isEmpty();
        }
    }

    @Test
    void closesWhenTheClientAsksForIt() throws Exception {
        for (String option : new String[] {"close", "Close", "keep-alive, close", "close, x"}) {
            try (RawConnection connection = server.connect()) {
                RawResponse response = connection
                        .send("GET /v2/ HTTP/1.1\nHost: x\nConnection: " + option + "\n\n")
                        .read();

                assertThat(response.header("Connection")).hasValue("close");
                assertThat(connection.readToEnd()).isEmpty();
            }
        }
    }

    @Test
    void deliversTheLastResponseToAClientThatIsStillSending() throws Exception {
        try (RawConnection connection = server.connect()) {
            connection.send("GET /v2/ HTTP/1.1\nHost: x\nConnection: close\n\n" + PING.repeat(3000));

            assertThat(connection.read().status()).isEqualTo(200);
            assertThat(connection.readToEnd()).isEmpty();
        }
    }

    @Test
    void respondsToAClientThatHasShutDownItsOutput() throws Exception {
        try (RawConnection connection = server.connect()) {
            connection.send(PING).hangUpSending();

            assertThat(connection.read().status()).isEqualTo(200);
            assertThat(connection.readToEnd()).isEmpty();
        }
    }

    @Test
    void sendsADate() throws Exception {
        assertThat(server.get("/v2/").header("Date").orElseThrow())
                .matches("(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d\\d [A-Z][a-z][a-z] \\d{4} \\d\\d:\\d\\d:\\d\\d GMT");
    }
}
