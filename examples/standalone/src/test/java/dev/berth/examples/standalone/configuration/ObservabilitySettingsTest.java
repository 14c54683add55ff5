package dev.berth.examples.standalone.configuration;

import static dev.berth.examples.standalone.configuration.SettingSources.fromEnvironment;
import static dev.berth.examples.standalone.configuration.SettingSources.fromFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.observability.DebugSettings;
import dev.berth.examples.standalone.configuration.observability.HealthSettings;
import dev.berth.examples.standalone.configuration.observability.LogSettings;
import dev.berth.examples.standalone.configuration.observability.LogSettings.Format;
import dev.berth.examples.standalone.configuration.values.ListenAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sections {@code http.debug}, {@code health} and {@code log}. What is wrong in them ends the program. */
class ObservabilitySettingsTest {
    @TempDir
    Path directory;

    private Settings settings(String yaml) throws IOException {
        return fromFile(directory, yaml, Map.of());
    }

    @Test
    void thereIsNoDebugAddressByDefault() {
        assertThat(fromEnvironment(Map.of()).debug()).isEqualTo(new DebugSettings(Optional.empty(), Optional.empty()));
    }

    @Test
    void theDebugAddressIsRead() throws IOException {
        assertThat(settings("http: {debug: {addr: ':5001', prometheus: {enabled: true, path: /numbers}}}")
                        .debug())
                .isEqualTo(new DebugSettings(Optional.of(new ListenAddress("0.0.0.0", 5001)), Optional.of("/numbers")));
        assertThat(fromEnvironment(Map.of(
                                "REGISTRY_HTTP_DEBUG_ADDR", "localhost:5001",
                                "REGISTRY_HTTP_DEBUG_PROMETHEUS_ENABLED", "true"))
                        .debug()
                        .metrics())
                .contains("/metrics");
    }

    @Test
    void healthIsAsWithDockerRegistry() throws IOException {
        HealthSettings.Pace usual = new HealthSettings.Pace(Duration.ofSeconds(10), 1);

        assertThat(settings("""
                health:
                  storagedriver: {enabled: true, interval: 20s, threshold: 5}
                  disk: {free: 1GiB}
                  file:
                    - {file: /run/down, interval: 1s}
                  http:
                    - uri: https://status.example/ready
                      headers: {Authorization: [Bearer abc]}
                      statuscode: 204
                      timeout: 3s
                      interval: 30s
                      threshold: 2
                    - uri: http://status.example/
                  tcp:
                    - {addr: 'redis.example:6379'}
                """).health())
                .isEqualTo(new HealthSettings(
                        new HealthSettings.StorageCheck(true, new HealthSettings.Pace(Duration.ofSeconds(20), 5)),
                        1L << 30,
                        List.of(new HealthSettings.FileCheck(Path.of("/run/down"), Duration.ofSeconds(1))),
                        List.of(
                                new HealthSettings.HttpCheck(
                                        URI.create("https://status.example/ready"),
                                        Map.of("Authorization", List.of("Bearer abc")),
                                        OptionalInt.of(204),
                                        Duration.ofSeconds(3),
                                        new HealthSettings.Pace(Duration.ofSeconds(30), 2)),
                                new HealthSettings.HttpCheck(
                                        URI.create("http://status.example/"),
                                        Map.of(),
                                        OptionalInt.empty(),
                                        Duration.ofSeconds(5),
                                        usual)),
                        List.of(new HealthSettings.TcpCheck("redis.example", 6379, Duration.ofSeconds(5), usual))));
    }

    @Test
    void aListOfChecksCanStandInAVariable() {
        assertThat(fromEnvironment(Map.of("REGISTRY_HEALTH_FILE", "[{file: /run/down}]"))
                        .health()
                        .files())
                .containsExactly(new HealthSettings.FileCheck(Path.of("/run/down"), Duration.ofSeconds(10)));
    }

    @Test
    void theLogIsTextByDefault() {
        assertThat(fromEnvironment(Map.of()).log())
                .isEqualTo(new LogSettings("info", Format.TEXT, Map.of(), true, Format.TEXT, true));
    }

    @Test
    void theLogCanBeJson() throws IOException {
        String json = "log: {level: warn, formatter: json, fields: {Service: registry, n: 1}, audit: {disabled: true}}";

        assertThat(settings(json).log())
                .isEqualTo(new LogSettings(
                        "warn", Format.JSON, Map.of("Service", "registry", "n", "1"), true, Format.JSON, false));
        assertThat(fromFile(
                                directory,
                                json,
                                Map.of(
                                        "REGISTRY_LOG_FIELDS_SERVICE", "mirror",
                                        "REGISTRY_LOG_ACCESSLOG_FORMATTER", "text"))
                        .log())
                .isEqualTo(new LogSettings(
                        "warn", Format.JSON, Map.of("service", "mirror", "n", "1"), true, Format.TEXT, false));
    }

    @Test
    void whatHasNoEffectInTheLogIsSaid() throws IOException {
        assertThat(settings("log: {fields: {service: registry}}").warnings())
                .singleElement()
                .asString()
                .contains("log.fields ", "log.formatter: json");
        assertThat(settings("log: {formatter: logstash}").warnings())
                .singleElement()
                .asString()
                .contains("log.formatter is taken for json");
        assertThat(settings("log: {hooks: [{type: mail, disabled: false}]}").warnings())
                .singleElement()
                .asString()
                .contains("log.hooks has no effect");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "http: {debug: {prometheus: {enabled: true}}}; needs an address",
                "http: {addr: ':5000', debug: {addr: ':5000'}}; same address",
                "http: {debug: {addr: 'nowhere'}}; is not an address",
                "http: {debug: {addr: ':5001', prometheus: {path: metrics}}}; cannot be the path",
                "http: {debug: {addr: ':5001', prometheus: {path: /debug/health}}}; cannot be the path",
                "health: {storagedriver: {interval: 0s}}; longer than nothing",
                "health: {storagedriver: {threshold: -1}}; 1 or more",
                "health: {file: [{interval: 1s}]}; health.file[0] lacks 'file'",
                "health: {http: [{uri: 'ftp://a.example'}]}; health.http[0].uri",
                "health: {http: [{uri: 'http://a.example', statuscod: 200}]}; 'statuscode' meant",
                "health: {tcp: [{addr: 'a.example'}]}; is not an address",
                "health: {disk: {free: much}}; is not a size",
                "log: {formatter: xml}; use text or json",
                "log: {formatter: json, fields: {message: x}}; log.fields.message",
            })
    void mistakesEndTheProgram(String yaml, String message) {
        assertThatThrownBy(() -> settings(yaml))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(message)
                .hasMessageEndingWith(".");
    }
}
