package dev.berth.examples.standalone.configuration;

import static dev.berth.examples.standalone.configuration.SettingSources.fromEnvironment;
import static dev.berth.examples.standalone.configuration.SettingSources.fromFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.values.SettingPath;
import dev.berth.registry.server.ServerLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits on clients, and budgets of memory and caches. */
class LimitSettingsTest {
    @TempDir
    Path directory;

    @Test
    void limitsOfTheServerAreRead() throws IOException {
        Settings settings = fromFile(directory, """
            http:
              limits:
                connections: 100
                uploads: 10
                headers: 50
                headerbytes: 16k
                headertimeout: 5s
                idletimeout: 1m
                minbytespersecond: 4KiB
                slowtransfergrace: 10s
                manifestmemory: 16MiB
                manifestbytes: 1m
            """, Map.of("REGISTRY_HTTP_LIMITS_CONNECTIONSPERADDRESS", "20"));

        ServerLimits limits = settings.limits();
        assertThat(limits.maxConnections()).isEqualTo(100);
        assertThat(limits.maxConnectionsPerAddress()).isEqualTo(20);
        assertThat(limits.maxRequestBodies()).isEqualTo(10);
        assertThat(limits.maxHeaderCount()).isEqualTo(50);
        assertThat(limits.maxHeaderBytes()).isEqualTo(16 << 10);
        assertThat(limits.headerTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(limits.idleTimeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(limits.minBytesPerSecond()).isEqualTo(4096);
        assertThat(limits.slowTransferGrace()).isEqualTo(Duration.ofSeconds(10));
        assertThat(limits.manifestMemory()).isEqualTo(16 << 20);
        assertThat(limits.maxManifestBytes()).isEqualTo(1 << 20);
        assertThat(settings.manifests().largest()).hasValue(1 << 20);
        assertThat(settings.warnings()).isEmpty();
    }

    @Test
    void budgetsOfTheStorageAreRead() throws IOException {
        Settings settings = fromFile(
                directory,
                "storage: {filesystem: {rootdirectory: /x}, limits: {manifestmemory: 8MiB}, cache: {manifests: 2m}}",
                Map.of("REGISTRY_STORAGE_CACHE_FILES", "0"));

        assertThat(settings.manifests())
                .isEqualTo(
                        new ManifestBudgets(OptionalInt.empty(), OptionalLong.of(8 << 20), OptionalLong.of(2 << 20)));
        assertThat(settings.storage()).isEqualTo(new Storage.Directory(Path.of("/x"), false, OptionalLong.of(0)));
        assertThat(settings.warnings()).isEmpty();
    }

    @Test
    void theDefaultsAreThoseOfTheBuilders() {
        Settings settings = fromEnvironment(Map.of());

        assertThat(settings.limits()).usingRecursiveComparison().isEqualTo(ServerLimits.defaults());
        assertThat(settings.manifests())
                .isEqualTo(new ManifestBudgets(OptionalInt.empty(), OptionalLong.empty(), OptionalLong.empty()));
    }

    @Test
    void theCacheOfDockerRegistryIsAcceptedSilently() throws IOException {
        assertThat(fromFile(
                                directory,
                                "storage: {inmemory: {}, cache: {blobdescriptor: redis, blobdescriptorsize: 10000}}",
                                Map.of())
                        .warnings())
                .isEmpty();
        assertThat(fromFile(directory, "storage: {cache: {manifest: 1m}}", Map.of())
                        .warnings())
                .singleElement()
                .asString()
                .contains("storage.cache.manifest ");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "65536, 65536",
        "10b, 10",
        "512k, 524288",
        "512KiB, 524288",
        "64m, 67108864",
        "64M, 67108864",
        "16 MiB, 16777216",
        "2g, 2147483648",
        "3GiB, 3221225472"
    })
    void sizesAreBytesOrMultiplesOf1024(String text, long bytes) {
        assertThat(fromEnvironment(Map.of("REGISTRY_STORAGE_CACHE_MANIFESTS", text))
                        .manifests()
                        .cache())
                .hasValue(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "-1", "1.5m", "16MB", "1t", "m", "999999999999999999g", "99999999999999999999"})
    void whatIsNoSizeIsRefused(String text) {
        assertThatThrownBy(() -> fromEnvironment(Map.of("REGISTRY_STORAGE_CACHE_FILES", text)))
                .isInstanceOf(CommandException.class)
                .hasMessage(
                        "'" + text + "' is not a size for storage.cache.files; write one such as 16MiB, 64m or 65536.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "many", "1.5", "99999999999"})
    void aLimitThatIsNoneIsRefused(String value) {
        assertThatThrownBy(() -> fromEnvironment(Map.of("REGISTRY_HTTP_LIMITS_UPLOADS", value)))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("http.limits.uploads")
                .hasMessageContaining(value);
    }

    @ParameterizedTest
    @CsvSource({
        "http.limits.manifestmemory, 1023k",
        "http.limits.manifestbytes, 0",
        "http.limits.manifestbytes, 65m",
        "http.limits.manifestbytes, 8g",
        "http.limits.headerbytes, 1000",
        "http.limits.headers, 0",
        "http.limits.headertimeout, 0s",
        "http.limits.idletimeout, 25h",
        "http.limits.minbytespersecond, 0",
        "storage.limits.manifestmemory, 1"
    })
    void aLimitThatNothingCanWorkWithIsRefused(String path, String value) {
        assertThatThrownBy(() -> fromEnvironment(Map.of(SettingPath.variable(path), value)))
                .isInstanceOf(CommandException.class)
                .hasMessageStartingWith("The setting " + path + " cannot be " + value + ": ")
                .hasMessageEndingWith(".");
    }
}
