package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each message is one line with one JSON object. */
class JsonLinesTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00.250Z");

    private final Logger logger = new LoggerContext().getLogger("dev.berth.a.B");

    private String line(JsonLines lines, String message, @Nullable Throwable failure) {
        LoggingEvent event = new LoggingEvent("", logger, Level.WARN, message, failure, null);
        event.setInstant(NOON);
        String line = new String(lines.encode(event), StandardCharsets.UTF_8);
        assertThat(line).endsWith("\n");
        assertThat(line.stripTrailing()).doesNotContain("\n");
        return line;
    }

    private static JsonNode parsed(String line) throws IOException {
        return new ObjectMapper().readTree(line);
    }

    @Test
    void aMessageHasTimeLevelAndLogger() throws IOException {
        JsonNode line = parsed(line(JsonLines.messages(Map.of()), "two\nlines \"and\" \u0007 ä", null));

        assertThat(line).hasSize(4);
        assertThat(line.path("time").textValue()).isEqualTo("2026-01-02T12:00:00.250Z");
        assertThat(line.path("level").textValue()).isEqualTo("warn");
        assertThat(line.path("logger").textValue()).isEqualTo("dev.berth.a.B");
        assertThat(line.path("message").textValue()).isEqualTo("two\nlines \"and\" \u0007 ä");
    }

    @Test
    void anExceptionIsAText() throws IOException {
        Exception failure = new IOException("no room", new IllegalStateException("inner"));

        assertThat(parsed(line(JsonLines.messages(Map.of()), "failed", failure))
                        .path("exception")
                        .textValue())
                .contains("java.io.IOException: no room", "Caused by: java.lang.IllegalStateException: inner", "\n");
    }

    @Test
    void fixedFieldsAreAdded() throws IOException {
        Map<String, String> fields = Map.of("service", "a \"b\"");

        assertThat(parsed(line(JsonLines.messages(fields), "x", null))
                        .path("service")
                        .textValue())
                .isEqualTo("a \"b\"");
    }

    @Test
    void anObjectIsTheLine() throws IOException {
        Map<String, String> fields = Map.of("service", "a");

        assertThat(line(JsonLines.objects(Map.of()), "{\"status\":200}", null)).isEqualTo("{\"status\":200}\n");
        assertThat(line(JsonLines.objects(fields), "{\"status\":200}", null))
                .isEqualTo("{\"service\":\"a\",\"status\":200}\n");
        assertThat(line(JsonLines.objects(fields), "{}", null)).isEqualTo("{\"service\":\"a\"}\n");
        assertThat(parsed(line(JsonLines.objects(fields), "no object", null))
                        .path("message")
                        .textValue())
                .isEqualTo("no object");
    }
}
