package dev.berth.examples.standalone.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.examples.standalone.cli.CommandException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @TempDir
    Path directory;

    private static Settings fromEnvironment(Map<String, String> environment) {
        return SettingsReader.read(Optional.empty(), Optional.empty(), Optional.empty(), environment);
    }

    private Settings fromFile(String yaml, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(directory.resolve("config.yml"), yaml);
        return SettingsReader.read(Optional.empty(), Optional.empty(), Optional.of(file), environment);
    }

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
    void limitsAreRead() throws IOException {
        Settings settings = fromFile(
                "http: {limits: {connections: 100, uploads: 10}}",
                Map.of("REGISTRY_HTTP_LIMITS_CONNECTIONSPERADDRESS", "20"));

        assertThat(settings.limits())
                .isEqualTo(new Settings.Limits(OptionalInt.of(100), OptionalInt.of(20), OptionalInt.of(10)));
        assertThat(settings.warnings()).isEmpty();
        assertThat(fromEnvironment(Map.of()).limits())
                .isEqualTo(new Settings.Limits(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "many", "1.5", "99999999999"})
    void aLimitThatIsNoneIsRefused(String value) {
        assertThatThrownBy(() -> fromEnvironment(Map.of("REGISTRY_HTTP_LIMITS_UPLOADS", value)))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("http.limits.uploads")
                .hasMessageContaining(value);
    }

    @Test
    void aConfigurationFileOfDockerRegistryIsRead() throws IOException {
        Settings settings = fromFile("""
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
        assertThat(settings.accessLog()).isFalse();
        assertThat(settings.logLevel()).isEqualTo("warn");
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
        assertThat(fromFile("storage: {filesystem: {rootdirectory: /x}}", Map.of("REGISTRY_STORAGE", "inmemory"))
                        .storage())
                .isEqualTo(new Storage.Memory());
    }

    private static Bucket bucket(Settings settings) {
        return (Bucket) settings.storage();
    }

    @Test
    void theS3SettingsOfDockerRegistryAreRead() throws IOException {
        Settings settings = fromFile("""
                storage:
                  s3:
                    accesskey: id
                    secretkey: secret
                    region: eu-central-1
                    regionendpoint: https://s3.example.com:9000
                    redirectendpoint: https://images.example.com
                    forcepathstyle: true
                    bucket: images
                    rootdirectory: /registries/one/
                    encrypt: true
                    keyid: a-key
                    storageclass: standard_ia
                    chunksize: 10485760
                    secure: true
                    v4auth: true
                    skipverify: false
                    objectacl: private
                    loglevel: debug
                  redirect: {disable: false}
                """, Map.of());

        assertThat(settings.storage())
                .isEqualTo(new Bucket(
                        "images",
                        "registries/one",
                        Optional.of("eu-central-1"),
                        Optional.of(URI.create("https://s3.example.com:9000")),
                        Optional.of(URI.create("https://images.example.com")),
                        Optional.of(true),
                        Optional.of(new Bucket.AccessKey("id", "secret")),
                        Optional.of(new Bucket.Encryption(Optional.of("a-key"))),
                        Optional.of("STANDARD_IA"),
                        Optional.of(10_485_760)))
                .hasToString("s3://images/registries/one");
        assertThat(settings.directDownload()).isTrue();
        assertThat(settings.warnings()).isEmpty();
    }

    @Test
    void aBucketIsReadFromTheEnvironment() throws IOException {
        Settings settings = fromFile(
                "storage: {filesystem: {rootdirectory: /x}}",
                Map.of(
                        "REGISTRY_STORAGE", "s3",
                        "REGISTRY_STORAGE_S3_BUCKET", "images",
                        "REGISTRY_STORAGE_S3_REGIONENDPOINT", "s3.example.com",
                        "REGISTRY_STORAGE_S3_STORAGECLASS", "NONE"));

        assertThat(settings.storage()).hasToString("s3://images");
        assertThat(bucket(settings).endpoint()).contains(URI.create("https://s3.example.com"));
        assertThat(bucket(settings).key()).isEmpty();
        assertThat(bucket(settings).storageClass()).isEmpty();
        assertThat(settings.directDownload()).isFalse();
    }

    @Test
    void anEndpointWithoutSchemeFollowsTheSecureSetting() {
        Settings settings = fromEnvironment(Map.of(
                "REGISTRY_STORAGE_S3_BUCKET", "images",
                "REGISTRY_STORAGE_S3_REGIONENDPOINT", "127.0.0.1:9000",
                "REGISTRY_STORAGE_S3_SECURE", "false"));

        assertThat(bucket(settings).endpoint()).contains(URI.create("http://127.0.0.1:9000"));
    }

    @Test
    void aBucketOfTheCommandLineUsesTheOtherSettings() {
        Settings settings = SettingsReader.read(
                Optional.empty(),
                Optional.of("s3://images/team/"),
                Optional.empty(),
                Map.of("REGISTRY_STORAGE_S3_BUCKET", "other", "REGISTRY_STORAGE_S3_REGION", "eu-west-1"));

        assertThat(settings.storage()).hasToString("s3://images/team");
        assertThat(bucket(settings).region()).contains("eu-west-1");
    }

    @Test
    void secretsAreNotPrinted() {
        Settings settings = fromEnvironment(Map.of(
                "REGISTRY_STORAGE_S3_BUCKET", "images",
                "REGISTRY_STORAGE_S3_ACCESSKEY", "id",
                "REGISTRY_STORAGE_S3_SECRETKEY", "very-secret"));

        assertThat(settings.toString() + bucket(settings).key()).doesNotContain("very-secret");
    }

    @Test
    void aSettingWithoutEffectGivesOneWarning() throws IOException {
        assertThat(fromFile("http: {headers: {X-A: [b, c]}, debug: {}}", Map.of())
                        .warnings())
                .singleElement()
                .asString()
                .contains("http.headers.x-a ");
    }

    @Test
    void theDefaultFileOfDockerRegistryIsRead() throws IOException {
        Settings settings = fromFile("""
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
                .hasSize(2)
                .anyMatch(note -> note.contains("http.headers.x-content-type-options "));
    }

    @ParameterizedTest
    @CsvSource({"yes, true", "On, true", "1, true", "no, false", "OFF, false", "n, false"})
    void booleansAreReadAsInYaml(String text, boolean expected) throws IOException {
        assertThat(fromFile("storage: {delete: {enabled: " + text + "}}", Map.of())
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
        assertThat(fromFile("storage: {maintenance: {uploadpurging: {enabled: true, dryrun: true}}}", Map.of())
                        .uploads()
                        .purge())
                .isFalse();
    }

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
                "notifications: {endpoints: [{name: a, url: 'http://localhost'}]}|notifications.endpoints ",
                "validation: {manifests: {urls: {allow: ['^https://']}}}|validation.manifests.urls",
                "'a: &a {b: *a}'|without an end",
                "'a: &a [*a]'|without an end"
            })
    void misplacedAndUnsupportedSettingsAreRejectedByName(String yaml, String expected) {
        assertThatThrownBy(() -> fromFile(yaml, Map.of()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(expected)
                .hasMessageEndingWith(".");
    }

    @Test
    void excessiveNestingIsRejected() {
        assertThatThrownBy(() -> fromFile("[".repeat(50_000), Map.of()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("without an end");
    }

    @Test
    void aDirectoryAsConfigurationFileIsRejected() {
        assertThatThrownBy(
                        () -> SettingsReader.read(Optional.empty(), Optional.empty(), Optional.of(directory), Map.of()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(directory + " cannot be read: ");
    }

    @Test
    void theEnvironmentSelectsOneOfSeveralStorages() throws IOException {
        String two = "storage: {filesystem: {rootdirectory: /data}, inmemory: {}}";

        assertThat(fromFile(two, Map.of("REGISTRY_STORAGE", "inmemory")).storage())
                .isEqualTo(new Storage.Memory());
        assertThat(fromFile("storage: inmemory", Map.of("REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY", "/data"))
                        .storage())
                .isEqualTo(new Storage.Directory(Path.of("/data")));
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
        assertThatThrownBy(() -> fromFile(written + ":\n  x: y\n", Map.of()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("'" + written.toLowerCase(Locale.ROOT) + "'")
                .hasMessageContaining("'" + meant + "'");
        assertThatThrownBy(() -> fromEnvironment(Map.of("REGISTRY_" + written.toUpperCase(Locale.ROOT) + "_X", "y")))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("'" + meant + "'");
    }

    @Test
    void anyOtherUnknownSectionOnlyWarns() throws IOException {
        assertThat(fromFile("something:\n  x: y\n", Map.of("REGISTRY_PORT_5000_TCP", "tcp://10.0.0.1:5000"))
                        .warnings())
                .anySatisfy(warning -> assertThat(warning).contains("something"));
        assertThat(fromEnvironment(Map.of("REGISTRY_LOGS", "x")).warnings()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "REGISTRY_PROXY_REMOTEURL",
                "REGISTRY_STORAGE_GCS_BUCKET",
                "REGISTRY_STORAGE_S3_SKIPVERIFY",
                "REGISTRY_STORAGE_S3_OBJECTACL"
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
    @CsvSource(
            delimiter = '|',
            value = {
                "REGISTRY_STORAGE_S3_ACCESSKEY|id|the secret key is missing",
                "REGISTRY_STORAGE_S3_SECRETKEY|secret|the access key is missing",
                "REGISTRY_STORAGE_S3_KEYID|a-key|storage.s3.encrypt",
                "REGISTRY_STORAGE_S3_CHUNKSIZE|many|not a number",
                "REGISTRY_STORAGE_S3_REGIONENDPOINT|not an address|not an address",
                "REGISTRY_STORAGE_S3_FORCEPATHSTYLE|maybe|neither true nor false"
            })
    void aMalformedValueOfABucketIsReported(String variable, String value, String expected) {
        assertThatThrownBy(() -> fromEnvironment(Map.of("REGISTRY_STORAGE_S3_BUCKET", "images", variable, value)))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "s3://images/a//b|empty segment",
                "s3://images/../x|..",
                "s3:///x|names no bucket",
                "s3:images|not a storage"
            })
    void aMalformedBucketAddressIsReported(String storage, String expected) {
        assertThatThrownBy(() -> SettingsReader.read(Optional.empty(), Optional.of(storage), Optional.empty(), Map.of())
                        .storage()
                        .open())
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http: [", "just text", "a: 1\na: 2", "", "- a"})
    void aMalformedFileIsReportedInOneSentence(String yaml) {
        assertThatThrownBy(() -> fromFile(yaml, Map.of()))
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

    @ParameterizedTest
    @ValueSource(strings = {"http://user:hunter2@storage.example.com", "user:hunter2@storage.example.com:9000"})
    void userAndPasswordInTheAddressOfAServiceAreRefusedAndNotPrinted(String address) {
        for (String setting : new String[] {"REGIONENDPOINT", "REDIRECTENDPOINT"}) {
            assertThatThrownBy(() -> fromEnvironment(
                            Map.of("REGISTRY_STORAGE_S3_BUCKET", "images", "REGISTRY_STORAGE_S3_" + setting, address)))
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining("storage.s3." + setting.toLowerCase(Locale.ROOT))
                    .hasMessageNotContainingAny("hunter2", "user:", "storage.example.com:");
        }
    }

    @Test
    void filesAreForTheirUserUnlessTheSettingsSayOtherwise() {
        assertThat(fromEnvironment(Map.of()).storage()).isEqualTo(new Storage.Directory(Path.of("berth-data"), false));
        assertThat(fromEnvironment(Map.of("REGISTRY_STORAGE_FILESYSTEM_SHAREDFILES", "true"))
                        .storage())
                .isEqualTo(new Storage.Directory(Path.of("berth-data"), true));
    }

    @Test
    void readsAreVerifiedUnlessTheSettingsSayOtherwise() {
        assertThat(fromEnvironment(Map.of()).verifyReads()).isTrue();
        assertThat(fromEnvironment(Map.of("REGISTRY_VALIDATION_READS_DISABLED", "true"))
                        .verifyReads())
                .isFalse();
    }
}
