package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.Json;
import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code log.formatter: json}, each line of the log is one JSON object. */
class LogIT {
    private final TestImage image = TestImage.random(1, 1, 1000);

    @TempDir
    Path directory;

    private String logged(String log) throws IOException, InterruptedException {
        // The second section has no effect, of which the log tells.
        Path config = Files.writeString(
                directory.resolve("config.yml"), "log: " + log + "\nredis: {}\nreporting: {bugsnag: {apikey: x}}\n");
        try (BerthProcess berth = BerthCommand.of(
                        "serve", "--config", config.toString(), "--listen", "127.0.0.1:0", "--storage", "memory:")
                .withDeletion()
                .start()) {
            berth.http().pushImage("team/app", "v1", image);
            berth.http().delete("/v2/team/app/manifests/v1");
            berth.http().get("/v2/team/app/manifests/%22x%0A");
            return berth.stop().err();
        }
    }

    @Test
    void eachLineIsAnObject() throws IOException, InterruptedException {
        List<Map<?, ?>> lines = new ArrayList<>();
        for (String line : logged("{formatter: json, level: debug, fields: {service: images}}")
                .lines()
                .toList()) {
            assertThat(line).startsWith("{").endsWith("}");
            lines.add(Json.parse(line.getBytes(StandardCharsets.UTF_8)));
        }

        assertThat(lines)
                .allSatisfy(line -> assertThat((Object) line.get("service")).isEqualTo("images"));
        assertThat(lines)
                .allSatisfy(line -> assertThat(String.valueOf(line.get("time"))).startsWith("20"));
        assertThat(lines)
                .anySatisfy(
                        line -> assertThat(String.valueOf(line.get("message"))).contains("no effect here"))
                .anySatisfy(line -> assertThat((Object) line.get("method")).isEqualTo("PUT"))
                .anySatisfy(line -> assertThat((Object) line.get("event")).isEqualTo("DELETION"))
                .anySatisfy(
                        line -> assertThat(String.valueOf(line.get("message"))).startsWith("Stopping"));
    }

    @Test
    void theAccessLogCanStayAsItIs() throws IOException, InterruptedException {
        assertThat(logged("{formatter: json, accesslog: {formatter: text}}").lines())
                .anyMatch(line -> line.startsWith("127.0.0.1 - ") && line.contains("\"PUT /v2/team/app/manifests/v1"))
                .anyMatch(line -> line.startsWith("{") && line.contains("\"Stopping"));
    }

    @Test
    void whatIsDisabledIsNotLogged() throws IOException, InterruptedException {
        assertThat(logged("{accesslog: {disabled: true}, audit: {disabled: true}}"))
                .contains("Stopping")
                .doesNotContain("PUT /v2/", "event=DELETION");
    }
}
