package dev.berth.examples.standalone.configuration;

import static dev.berth.examples.standalone.configuration.SettingSources.fromEnvironment;
import static dev.berth.examples.standalone.configuration.SettingSources.fromFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.examples.standalone.cli.CommandException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that cannot be taken end the program with a sentence, or warn. */
class RefusedSettingsTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "storage: {delete: true}|storage.delete.enabled",
                "storage: {maintenance: {readonly: true}}|storage.maintenance.readonly.enabled",
                "http: 5000|http.addr",
                "storage: {filesystem: /data}|storage.filesystem.rootdirectory",
                "http: {addr: {host: a}}|http.addr",
                "http: {addr: ['localhost:1']}|http.addr",
                "storage: {filesystem: {rootdirectory: [/data]}}|storage.filesystem.rootdirectory",
                "storage: {filesystem: {rootdirectory: \"/data\\0\"}}|storage.filesystem.rootdirectory",
                "http: {tls: {certificate: \"\\0\", key: /k.pem}}|http.tls.certificate",
                "storage: {filesystem: {rootdirectory: /data}, inmemory: {}}|filesystem and inmemory",
                "storage: {s3: {bucket: b}, filesystem: {rootdirectory: /data}}|filesystem and s3",
                "storage: {floppy: {drive: a}}|storage.floppy.drive",
                "storage: {floppy: }|storage.floppy",
                "http: {net: unix, addr: /run/registry.sock}|http.net",
                "http: {tls: {minimumtls: tls1.3}}|http.tls.minimumtls",
                "http: {tls: {clientcas: [/ca.pem]}}|http.tls.clientcas",
                "auth: {htpasswd: }|auth.htpasswd",
                "notifications: {endpoint: [{name: a, url: 'http://localhost'}]}|'endpoints' meant",
                "health: {storage: {enabled: true}}|health.storage",
                "log: {formater: json}|'formatter' meant",
                "http: {debug: {adr: ':5001'}}|'addr' meant",
                "validation: {manifests: {urls: {allow: ['^https://']}}}|validation.manifests.urls",
                "'a: &a {b: *a}'|without an end",
                "'a: &a [*a]'|without an end"
            })
    void misplacedAndUnsupportedSettingsAreRejectedByName(String yaml, String expected) {
        assertThatThrownBy(() -> fromFile(directory, yaml, Map.of()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(expected)
                .hasMessageEndingWith(".");
    }

    @Test
    void excessiveNestingIsRejected() {
        assertThatThrownBy(() -> fromFile(directory, "[".repeat(50_000), Map.of()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("without an end");
    }

    /** Each list has three times what the one before it has. */
    @Test
    void aliasesOfAliasesAreRejected() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i <= 15; i++) {
            String before = "*a" + (i - 1);
            yaml.append("a%d: &a%d [%s, %s, %s]\n".formatted(i, i, before, before, before));
        }

        assertThatThrownBy(() -> fromFile(directory, yaml.toString(), Map.of()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("repeats sections by aliases");
    }

    @Test
    void aDirectoryAsConfigurationFileIsRejected() {
        assertThatThrownBy(
                        () -> SettingsReader.read(Optional.empty(), Optional.empty(), Optional.of(directory), Map.of()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(directory + " cannot be read: ");
    }

    @ParameterizedTest
    @CsvSource({
        "storge, storage",
        "stroage, storage",
        "htttp, http",
        "atuh, auth",
        "prox, proxy",
        "Validations, validation"
    })
    void aMisspeltSectionEndsTheProgram(String written, String meant) {
        assertThatThrownBy(() -> fromFile(directory, written + ":\n  x: y\n", Map.of()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("'" + written.toLowerCase(Locale.ROOT) + "'")
                .hasMessageContaining("'" + meant + "'");
        assertThatThrownBy(() -> fromEnvironment(Map.of("REGISTRY_" + written.toUpperCase(Locale.ROOT) + "_X", "y")))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("'" + meant + "'");
    }

    @Test
    void anyOtherUnknownSectionOnlyWarns() throws IOException {
        assertThat(fromFile(directory, "something:\n  x: y\n", Map.of("REGISTRY_PORT_5000_TCP", "tcp://10.0.0.1:5000"))
                        .warnings())
                .anySatisfy(warning -> assertThat(warning).contains("something"));
        assertThat(fromEnvironment(Map.of("REGISTRY_LOGS", "x")).warnings()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"REGISTRY_STORAGE_GCS_BUCKET", "REGISTRY_STORAGE_S3_SKIPVERIFY", "REGISTRY_STORAGE_S3_OBJECTACL"
            })
    void settingsThatProtectContentAreNotIgnored(String variable) {
        assertThatThrownBy(() -> fromEnvironment(Map.of(variable, "x")))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(variable)
                .hasMessageContaining("not supported");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "REGISTRY_HTTP_ADDR|5000x|5000x",
                "REGISTRY_HTTP_ADDR|localhost|localhost",
                "REGISTRY_HTTP_ADDR|a:b:5000|a:b:5000",
                "REGISTRY_HTTP_ADDR|localhost:70000|70000",
                "REGISTRY_STORAGE_DELETE_ENABLED|maybe|neither true nor false",
                "REGISTRY_STORAGE_MAINTENANCE_UPLOADPURGING_AGE|1 week|not a duration",
                "REGISTRY_STORAGE_MAINTENANCE_UPLOADPURGING_AGE|0h|longer than nothing",
                "REGISTRY_STORAGE_MAINTENANCE_UPLOADPURGING_AGE|-1h|not a duration",
                "REGISTRY_STORAGE_MAINTENANCE_UPLOADPURGING_AGE|9999999999999h|not a duration",
                "REGISTRY_HTTP_DRAINTIMEOUT|60|not a duration",
                "REGISTRY_HTTP_TLS_MINIMUMTLS|tls1.3|tls1.3",
                "REGISTRY_HTTP_TLS_CERTIFICATE|/c.pem|the key is missing",
                "REGISTRY_STORAGE|floppy|floppy",
                "REGISTRY_STORAGE|s3|--storage s3://BUCKET",
                "REGISTRY_STORAGE_S3_REGION|eu-west-1|storage.s3.bucket",
                "REGISTRY_LOG_LEVEL|loud|loud",
                "REGISTRY_VALIDATION_MANIFESTS_INDEXES_PLATFORMS|list|use all or none"
            })
    void aMalformedValueIsReported(String variable, String value, String expected) {
        assertThatThrownBy(() -> fromEnvironment(Map.of(variable, value)))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http: [", "just text", "a: 1\na: 2", "", "- a"})
    void aMalformedFileIsReportedInOneSentence(String yaml) {
        assertThatThrownBy(() -> fromFile(directory, yaml, Map.of()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("config.yml")
                .hasMessageEndingWith(".")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void aMissingFileIsReported() {
        Path missing = directory.resolve("missing.yml");

        assertThatThrownBy(
                        () -> SettingsReader.read(Optional.empty(), Optional.empty(), Optional.of(missing), Map.of()))
                .isInstanceOf(CommandException.class)
                .hasMessage("There is no configuration file " + missing + ".");
    }

    @Test
    void aSettingWithoutEffectGivesOneWarning() throws IOException {
        assertThat(fromFile(directory, "http: {headers: {X-A: [b, c]}, debug: {}}", Map.of())
                        .warnings())
                .singleElement()
                .asString()
                .contains("http.headers.x-a ");
    }
}
