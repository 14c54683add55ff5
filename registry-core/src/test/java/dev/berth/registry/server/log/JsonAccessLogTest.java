package dev.berth.registry.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.internal.json.StrictJson;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.Exchanges;
import dev.berth.registry.server.ServerExchange;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One JSON object for each exchange, with always the same members, whatever the client sends. */
class JsonAccessLogTest {

    private static String line(ServerExchange exchange) {
        List<String> lines = new ArrayList<>();
        AccessLog.to(lines::add, ZoneOffset.ofHours(2)).asJson().onExchange(exchange);
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).matches("[ -~]+");
        return lines.get(0);
    }

    private static JsonNode parsed(ServerExchange exchange) {
        return StrictJson.parse(line(exchange).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void hasAllMembersInTheirOrder() {
        List<String> headers = List.of("User-Agent", "docker/28.5.2", "Referer", "https://pages.example/images");

        assertThat(line(Exchanges.of("/v2/", Caller.named("alice"), headers, 200)))
                .isEqualTo("{\"time\":\"2026-01-02T15:04:05.678Z\",\"request\":\"id\",\"caller\":\"alice\","
                        + "\"client\":\"192.0.2.1\",\"method\":\"GET\",\"target\":\"/v2/\",\"route\":\"/v2/\","
                        + "\"repository\":\"team/app\",\"protocol\":\"HTTP/1.0\",\"status\":200,\"bytesIn\":0,"
                        + "\"bytesOut\":1234,\"durationMillis\":5.021,\"complete\":true,"
                        + "\"userAgent\":\"docker/28.5.2\",\"referrer\":\"https://pages.example/images\"}");
    }

    @Test
    void hasTheSameMembersIfNothingIsKnown() {
        JsonNode line = parsed(Exchanges.unreadable(""));

        assertThat(line.size()).isEqualTo(16);
        assertThat(line.get("method").textValue()).isEmpty();
        assertThat(line.get("protocol").textValue()).isEmpty();
        assertThat(line.get("durationMillis").decimalValue()).isEqualByComparingTo("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\nb",
                "a\r\n{\"status\":500}",
                "\",\"status\":500,\"x\":\"",
                "\\",
                "\u0000\u001b[2J",
                "\u2028\u202e\u0085",
                "\ud83d\ude00"
            })
    void holdsAnyTextAsItIs(String text) {
        List<String> headers = List.of("User-Agent", text, "Referer", text.replace('?', '_'));

        JsonNode line = parsed(Exchanges.of("/" + text, Caller.named(text), headers, 200));

        assertThat(line.size()).isEqualTo(16);
        assertThat(line.get("status").intValue()).isEqualTo(200);
        assertThat(line.get("userAgent").textValue()).isEqualTo(text);
        assertThat(line.get("caller").textValue()).isEqualTo(text);
        assertThat(line.get("target").textValue()).isEqualTo("/" + text);
    }

    @Test
    void cutsOffWhatIsLong() {
        String megabyte = "\u00e4".repeat(1_000_000);

        ServerExchange exchange = Exchanges.of(
                "/v2/?n=" + megabyte,
                Caller.named(megabyte),
                List.of("User-Agent", megabyte, "Referer", megabyte),
                200);

        assertThat(line(exchange)).hasSizeLessThan(25_000);
        assertThat(parsed(exchange).get("userAgent").textValue()).hasSize(515).endsWith("...");
    }
}
