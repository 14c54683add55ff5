package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.fixtures.Expected;
import dev.berth.registry.server.http1.ClientConnection;
import dev.berth.registry.server.http1.Http1Request;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The combined format. */
class AccessLogTest {

    private static ServerExchange exchange(String target, Caller caller, Optional<String> userAgent, int status)
            throws UnknownHostException {
        InetAddress address = InetAddress.getByAddress("registry.test", new byte[] {(byte) 192, 0, 2, 1});
        RegistryRequest sent = RegistryRequest.of(new Http1Request(
                "GET",
                target,
                userAgent.map(name -> List.of("User-Agent", name)).orElse(List.of()),
                InputStream.nullInputStream(),
                0,
                "HTTP/1.0",
                new ClientConnection(new InetSocketAddress(address, 4711), false, List.of()),
                () -> false));
        sent.exchange().caller(caller);
        return new ServerExchange.Builder("id", Instant.parse("2026-01-02T15:04:05Z"))
                .request(sent)
                .outcome(Duration.ofMillis(5), status, 1234, true)
                .build();
    }

    private static String line(ServerExchange exchange) {
        StringBuilder lines = new StringBuilder();
        AccessLog.to(lines, ZoneOffset.ofHours(2)).onExchange(exchange);
        return lines.toString();
    }

    @Test
    void writesTheCombinedFormat() throws Exception {
        assertThat(line(exchange("/v2/?a=b", Caller.named("alice"), Optional.of("docker/28.5.2"), 200)))
                .isEqualTo("192.0.2.1 - alice [02/Jan/2026:17:04:05 +0200] \"GET /v2/?a=b HTTP/1.0\" 200 1234 \"-\""
                        + " \"docker/28.5.2\"\n");
    }

    @Test
    void writesADashForAMissingValue() throws Exception {
        assertThat(line(exchange("/v2/", Caller.anonymous(), Optional.empty(), 0)))
                .isEqualTo("192.0.2.1 - - [02/Jan/2026:17:04:05 +0200] \"GET /v2/ HTTP/1.0\" 499 1234 \"-\" \"-\"\n");
    }

    @Test
    void escapesWhatTheClientSends() throws Exception {
        assertThat(line(exchange("/\"", Caller.named("eve \"\n["), Optional.of("a\"\\\n\u00e4\u20ac"), 200)))
                .contains(" - eve_\\\"\\x0a[ [")
                .contains("\"GET /\\\" HTTP/1.0\"")
                .endsWith("\"a\\\"\\\\\\x0a\\xe4\\u20ac\"\n")
                .hasLineCount(1);
    }

    @Test
    void survivesADestinationThatFails() throws Exception {
        Appendable full = new Appendable() {
            @Override
            public Appendable append(CharSequence text) throws IOException {
                throw Expected.failure(new IOException("The disk is full"));
            }

            @Override
            public Appendable append(CharSequence text, int start, int end) throws IOException {
                throw Expected.failure(new IOException("The disk is full"));
            }

            @Override
            public Appendable append(char c) throws IOException {
                throw Expected.failure(new IOException("The disk is full"));
            }
        };

        AccessLog.to(full, ZoneOffset.UTC).onExchange(exchange("/v2/", Caller.anonymous(), Optional.empty(), 200));
    }
}
