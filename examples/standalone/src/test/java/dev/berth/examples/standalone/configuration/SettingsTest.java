package dev.berth.examples.standalone.configuration;

import static dev.berth.examples.standalone.configuration.SettingSources.fromEnvironment;
import static dev.berth.examples.standalone.configuration.SettingSources.fromFile;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.configuration.values.ListenAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where settings come from, what they are by default, and which form their values have. */
class SettingsTest {
    @TempDir
    Path directory;

    @Test
    void theDefaultsAreLoopbackAndADirectory() {
        // The second one is of podman and skopeo.
        Settings settings = fromEnvironment(Map.of("PATH", "/bin", "REGISTRY_AUTH_FILE", "/run/auth.json"));

        assertThat(settings.listen()).hasToString("127.0.0.1:5000");
        assertThat(settings.storage()).isEqualTo(new Storage.Directory(Path.of("berth-data")));
        assertThat(settings.deleteEnabled()).isFalse();
        assertThat(settings.tls()).isEmpty();
        assertThat(settings.uploads().age()).isEqualTo(Duration.ofHours(24));
        assertThat(settings.warnings()).isEmpty();
    }

    @Test
    void aVariableNamesTheFileUnlessTheCommandLineDoes() throws IOException {
        Path named = Files.writeString(directory.resolve("named.yml"), "http: {addr: ':5001'}");
        Path given = Files.writeString(directory.resolve("given.yml"), "http: {addr: ':5002'}");
        Map<String, String> environment = Map.of("REGISTRY_CONFIGURATION_PATH", named.toString());

        SettingsSource alone = new SettingsSource(Optional.empty(), Optional.empty(), Optional.empty(), environment);
        SettingsSource both = new SettingsSource(Optional.empty(), Optional.empty(), Optional.of(given), environment);

        assertThat(alone.read().listen()).hasToString("0.0.0.0:5001");
        assertThat(alone.read().warnings()).isEmpty();
        assertThat(alone.config()).as("which is read again when it changes").contains(named);
        assertThat(both.read().listen()).hasToString("0.0.0.0:5002");
    }

    @Test
    void aConfigurationFileOfDockerRegistryIsRead() throws IOException {
        Settings settings = fromFile(directory, """
            version: 0.1
            log:
              level: warn
              accesslog: {disabled: true}
            storage:
              filesystem: {rootdirectory: /somewhere, maxthreads: 100}
              delete: {enabled: true}
              cache: {blobdescriptor: inmemory}
              maintenance:
                uploadpurging: {enabled: true, age: 168h, interval: 1h30m}
                readonly: {enabled: true}
            http:
              addr: :5001
              secret: asecret
              tls: {certificate: /c.pem, key: /k.pem}
              draintimeout: 5s
            validation:
              manifests: {indexes: {platforms: none}}
            health:
              storagedriver: {enabled: true}
            """, Map.of());

        assertThat(settings.listen()).isEqualTo(new ListenAddress("0.0.0.0", 5001));
        assertThat(settings.storage()).isEqualTo(new Storage.Directory(Path.of("/somewhere")));
        assertThat(settings.deleteEnabled()).isTrue();
        assertThat(settings.readOnly()).isTrue();
        assertThat(settings.validation()).isEqualTo(new Settings.Validation(true, false));
        assertThat(settings.uploads())
                .isEqualTo(new Settings.Uploads(true, Duration.ofHours(168), Duration.ofMinutes(90)));
        assertThat(settings.tls()).contains(new Settings.Tls(Path.of("/c.pem"), Path.of("/k.pem"), List.of(), true));
        assertThat(settings.drainTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.log().accessLog()).isFalse();
        assertThat(settings.log().level()).isEqualTo("warn");
        assertThat(settings.warnings()).isEmpty();
    }

    @Test
    void validationCanBeDisabled() {
        assertThat(fromEnvironment(Map.of()).validation()).isEqualTo(new Settings.Validation(true, true));
        assertThat(fromEnvironment(Map.of("REGISTRY_VALIDATION_DISABLED", "true"))
                        .validation())
                .isEqualTo(new Settings.Validation(false, false));
    }

    @Test
    void theEnvironmentOverridesTheFile() throws IOException {
        Settings settings = fromFile(
                directory,
                "storage: {inmemory: {}, delete: {enabled: true}}\nhttp: {addr: 'localhost:1'}",
                Map.of(
                        "REGISTRY_HTTP_ADDR", "localhost:5005",
                        "REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY", "/data",
                        "REGISTRY_STORAGE_DELETE_ENABLED", "false"));

        assertThat(settings.listen()).isEqualTo(new ListenAddress("localhost", 5005));
        assertThat(settings.storage()).isEqualTo(new Storage.Directory(Path.of("/data")));
        assertThat(settings.deleteEnabled()).isFalse();
    }

    @Test
    void theCommandLineOverridesTheEnvironment() {
        Settings settings = SettingsReader.read(
                Optional.of("[::1]:7000"),
                Optional.of("memory:"),
                Optional.empty(),
                Map.of("REGISTRY_HTTP_ADDR", "localhost:5005", "REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY", "/data"));

        assertThat(settings.listen()).isEqualTo(new ListenAddress("::1", 7000));
        assertThat(settings.storage()).isEqualTo(new Storage.Memory());
    }

    @Test
    void theEnvironmentCanSelectMemory() throws IOException {
        assertThat(fromFile(
                                directory,
                                "storage: {filesystem: {rootdirectory: /x}}",
                                Map.of("REGISTRY_STORAGE", "inmemory"))
                        .storage())
                .isEqualTo(new Storage.Memory());
    }

    @Test
    void theDefaultFileOfDockerRegistryIsRead() throws IOException {
        Settings settings = fromFile(directory, """
            version: 0.1
            log:
              fields:
                service: registry
            storage:
              cache:
                blobdescriptor: inmemory
              filesystem:
                rootdirectory: /var/lib/registry
            http:
              addr: :5000
              net: tcp
              headers:
                X-Content-Type-Options: [nosniff]
              tls:
                minimumtls: tls1.2
                clientcas: []
            auth:
            proxy: {remoteurl: ""}
            notifications:
              events: {includereferences: true}
              endpoints: []
            health:
              storagedriver:
                enabled: true
                interval: 10s
                threshold: 3
            """, Map.of());

        assertThat(settings.listen()).isEqualTo(new ListenAddress("0.0.0.0", 5000));
        assertThat(settings.storage()).isEqualTo(new Storage.Directory(Path.of("/var/lib/registry")));
        assertThat(settings.warnings())
                .hasSize(3)
                .anyMatch(note -> note.contains("http.headers.x-content-type-options "));
    }

    @ParameterizedTest
    @CsvSource({"yes, true", "On, true", "1, true", "no, false", "OFF, false", "n, false"})
    void booleansAreReadAsInYaml(String text, boolean expected) throws IOException {
        assertThat(fromFile(directory, "storage: {delete: {enabled: " + text + "}}", Map.of())
                        .deleteEnabled())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "168h, PT168H",
        "1h30m, PT1H30M",
        "1.5h, PT1H30M",
        "500ms, PT0.5S",
        "2000000us, PT2S",
        "1500000µs, PT1.5S",
        "3000000000ns, PT3S",
        "0, PT0S",
        "0s, PT0S"
    })
    void durationsAreReadAsInGo(String text, Duration expected) {
        assertThat(fromEnvironment(Map.of("REGISTRY_HTTP_DRAINTIMEOUT", text)).drainTimeout())
                .isEqualTo(expected);
    }

    @Test
    void quotesAroundVariablesAreRemoved() {
        assertThat(fromEnvironment(Map.of("REGISTRY_HTTP_ADDR", "\"0.0.0.0:5001\" "))
                        .listen())
                .isEqualTo(new ListenAddress("0.0.0.0", 5001));
    }

    @Test
    void dryRunDisablesUploadPurging() throws IOException {
        assertThat(fromFile(
                                directory,
                                "storage: {maintenance: {uploadpurging: {enabled: true, dryrun: true}}}",
                                Map.of())
                        .uploads()
                        .purge())
                .isFalse();
    }

    @Test
    void theEnvironmentSelectsOneOfSeveralStorages() throws IOException {
        String two = "storage: {filesystem: {rootdirectory: /data}, inmemory: {}}";

        assertThat(fromFile(directory, two, Map.of("REGISTRY_STORAGE", "inmemory"))
                        .storage())
                .isEqualTo(new Storage.Memory());
        assertThat(fromFile(
                                directory,
                                "storage: inmemory",
                                Map.of("REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY", "/data"))
                        .storage())
                .isEqualTo(new Storage.Directory(Path.of("/data")));
    }

    @Test
    void filesAreForTheirUserUnlessTheSettingsSayOtherwise() {
        assertThat(fromEnvironment(Map.of()).storage()).isEqualTo(new Storage.Directory(Path.of("berth-data")));
        assertThat(fromEnvironment(Map.of("REGISTRY_STORAGE_FILESYSTEM_SHAREDFILES", "true"))
                        .storage())
                .isEqualTo(new Storage.Directory(Path.of("berth-data"), true, OptionalLong.empty()));
    }

    @Test
    void readsAreVerifiedUnlessTheSettingsSayOtherwise() {
        assertThat(fromEnvironment(Map.of()).reads()).isEqualTo(new Settings.Reads(true, Duration.ofHours(24)));
        assertThat(fromEnvironment(Map.of(
                                "REGISTRY_VALIDATION_READS_DISABLED", "true",
                                "REGISTRY_VALIDATION_READS_INTERVAL", "0"))
                        .reads())
                .isEqualTo(new Settings.Reads(false, Duration.ZERO));
    }
}
