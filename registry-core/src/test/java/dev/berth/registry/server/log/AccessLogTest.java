package dev.berth.registry.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.fixtures.Expected;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.Exchanges;
import dev.berth.registry.server.ServerExchange;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The combined format, with duration and request id after it. */
class AccessLogTest {

    private static ServerExchange exchange(String target, Caller caller, String userAgent, int status) {
        List<String> headers = userAgent.isEmpty() ? List.of() : List.of("User-Agent", userAgent);
        return Exchanges.of(target, caller, headers, status);
    }

    private static String line(ServerExchange exchange) {
        StringBuilder lines = new StringBuilder();
        AccessLog.to(lines, ZoneOffset.ofHours(2)).onExchange(exchange);
        return lines.toString();
    }

    @Test
    void writesTheCombinedFormatWithDurationAndRequestId() {
        assertThat(line(exchange("/v2/_catalog?n=10", Caller.named("alice"), "docker/28.5.2", 200)))
                .isEqualTo("192.0.2.1 - alice [02/Jan/2026:17:04:05 +0200] \"GET /v2/_catalog?n=10 HTTP/1.0\" 200 1234"
                        + " \"-\" \"docker/28.5.2\" 0.005 id\n");
    }

    @Test
    void writesADashForAMissingValue() {
        assertThat(line(exchange("/v2/", Caller.anonymous(), "", 0)))
                .isEqualTo("192.0.2.1 - - [02/Jan/2026:17:04:05 +0200] \"GET /v2/ HTTP/1.0\" 499 1234 \"-\" \"-\""
                        + " 0.005 id\n");
    }

    @Test
    void writesTheVersionOfARequestThatCouldNotBeRead() {
        assertThat(line(Exchanges.unreadable("HTTP/2.0"))).contains("] \"- HTTP/2.0\" 400 10 ");
        assertThat(line(Exchanges.unreadable(""))).contains("] \"-\" 400 10 ");
    }

    @Test
    void escapesWhatTheClientSends() {
        assertThat(line(exchange("/\"", Caller.named("eve \"\n["), "a\"\\\n\u00e4\u20ac", 200)))
                .contains(" - eve_\\\"\\x0a[ [")
                .contains("\"GET /\\\" HTTP/1.0\"")
                .contains("\"a\\\"\\\\\\x0a\\xe4\\u20ac\" 0.005")
                .hasLineCount(1);
    }

    @Test
    void cutsOffWhatIsLong() {
        String megabyte = "\u00e4".repeat(1_000_000);
        String line = line(exchange("/" + megabyte + "?n=" + megabyte, Caller.named(megabyte), megabyte, 200));

        assertThat(line).hasSizeLessThan(20_000).hasLineCount(1).contains("...");
    }

    @Test
    void theTimeFollowsTheExchange() {
        List<String> lines = new ArrayList<>();
        AccessLog log = AccessLog.to(lines::add, ZoneOffset.UTC);

        log.onExchange(exchange("/v2/", Caller.anonymous(), "", 200));
        log.onExchange(Exchanges.unreadable("HTTP/1.1"));

        assertThat(lines).allSatisfy(line -> assertThat(line).contains("[02/Jan/2026:15:04:05 +0000]"));
    }

    @Test
    void survivesADestinationThatFails() {
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

        AccessLog.to(full, ZoneOffset.UTC).onExchange(exchange("/v2/", Caller.anonymous(), "", 200));
    }
}
