package dev.berth.examples.standalone.configuration;

import static dev.berth.examples.standalone.configuration.SettingSources.fromEnvironment;
import static dev.berth.examples.standalone.configuration.SettingSources.fromFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.examples.standalone.cli.CommandException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings of a bucket. */
class BucketSettingsTest {
    @TempDir
    Path directory;

    private static Bucket bucket(Settings settings) {
        return (Bucket) settings.storage();
    }

    @Test
    void theS3SettingsOfDockerRegistryAreRead() throws IOException {
        Settings settings = fromFile(directory, """
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
                        Optional.of(10_485_760),
                        new Bucket.Requests(
                                OptionalLong.empty(), Optional.empty(), Optional.empty(), Optional.empty())))
                .hasToString("s3://images/registries/one");
        assertThat(settings.directDownload()).isTrue();
        assertThat(settings.warnings()).isEmpty();
    }

    @Test
    void aBucketIsReadFromTheEnvironment() throws IOException {
        Settings settings = fromFile(
                directory,
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "REGISTRY_STORAGE_S3_ACCESSKEY|id|the secret key is missing",
                "REGISTRY_STORAGE_S3_SECRETKEY|secret|the access key is missing",
                "REGISTRY_STORAGE_S3_KEYID|a-key|storage.s3.encrypt",
                "REGISTRY_STORAGE_S3_CHUNKSIZE|many|not a size",
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
    void requestsToTheServiceHaveLimits() {
        Settings settings = fromEnvironment(Map.of(
                "REGISTRY_STORAGE_S3_BUCKET", "images",
                "REGISTRY_STORAGE_S3_CHUNKSIZE", "16MiB",
                "REGISTRY_STORAGE_S3_BUFFERMEMORY", "64m",
                "REGISTRY_STORAGE_S3_CONNECTIONS", "20",
                "REGISTRY_STORAGE_S3_ATTEMPTS", "3",
                "REGISTRY_STORAGE_S3_REQUESTTIMEOUT", "10s"));

        assertThat(bucket(settings).partBytes()).contains(16 << 20);
        assertThat(bucket(settings).requests())
                .isEqualTo(new Bucket.Requests(
                        OptionalLong.of(64 << 20),
                        Optional.of(20),
                        Optional.of(3),
                        Optional.of(Duration.ofSeconds(10))));
        assertThat(settings.warnings()).isEmpty();
    }
}
