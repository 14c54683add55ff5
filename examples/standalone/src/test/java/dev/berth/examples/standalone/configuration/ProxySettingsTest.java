package dev.berth.examples.standalone.configuration;

import static dev.berth.examples.standalone.configuration.SettingSources.fromEnvironment;
import static dev.berth.examples.standalone.configuration.SettingSources.fromFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.mirror.MirrorSettings;
import dev.berth.examples.standalone.configuration.mirror.UpstreamLogin;
import dev.berth.examples.standalone.configuration.values.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The section {@code proxy} of {@code registry:2} and {@code registry:3} makes the whole server one mirror. */
class ProxySettingsTest {
    private static final String URL = "remoteurl: https://hub.example";

    @TempDir
    Path directory;

    private MirrorSettings proxy(String keys) throws IOException {
        Settings settings = fromFile(directory, "proxy: {" + keys + "}", Map.of());
        assertThat(settings.warnings()).isEmpty();
        assertThat(settings.mirrors()).hasSize(1);
        return settings.mirrors().get(0);
    }

    @Test
    void theSectionOfDockerRegistryIsRead() throws IOException {
        MirrorSettings proxy = proxy(URL + ", username: jane, password: hunter2, ttl: 24h");

        assertThat(proxy.isWholeServer()).isTrue();
        assertThat(proxy.upstream().url()).isEqualTo("https://hub.example");
        assertThat(proxy.upstream().login()).isEqualTo(new UpstreamLogin.Password("jane", new Secret("hunter2")));
        assertThat(proxy.unusedFor()).contains(Duration.ofHours(24));
        assertThat(proxy.fresh()).contains(Duration.ZERO);
        assertThat(proxy.toString()).doesNotContain("hunter2");
    }

    @Test
    void variablesSetItAsWell() {
        Settings settings = fromEnvironment(Map.of(
                "REGISTRY_PROXY_REMOTEURL", "https://hub.example",
                "REGISTRY_PROXY_EXEC_COMMAND", "docker-credential-cloud",
                "REGISTRY_PROXY_EXEC_LIFETIME", "12h"));

        assertThat(settings.mirrors())
                .singleElement()
                .satisfies(proxy -> assertThat(proxy.upstream().login())
                        .isEqualTo(new UpstreamLogin.Program(
                                "docker-credential-cloud", Optional.of(Duration.ofHours(12)))));
    }

    @Test
    void whatIsUnusedGoesAfterAWeekUnlessSomethingElseIsSaid() throws IOException {
        assertThat(proxy(URL).unusedFor()).contains(Duration.ofHours(168));
        assertThat(proxy(URL + ", ttl: 0").unusedFor()).isEmpty();
        assertThat(proxy(URL).upstream().login()).isEqualTo(new UpstreamLogin.Anonymous());
        assertThat(proxy(URL + ", exec: {command: helper}").upstream().login())
                .isEqualTo(new UpstreamLogin.Program("helper", Optional.empty()));
    }

    @Test
    void withoutAnAddressThereIsNoMirror() throws IOException {
        assertThat(fromFile(directory, "proxy: {remoteurl: ''}", Map.of()).mirrors())
                .isEmpty();
        assertThat(fromEnvironment(Map.of()).mirrors()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ttl: 1h}|proxy.ttl |proxy.remoteurl is missing",
                "{remoteurl: https://hub.example, usrname: x}|proxy.usrname |'username'",
                "{remoteurl: https://hub.example, username: x}|proxy.username |the password is missing",
                "{remoteurl: https://hub.example, password: hunter2}|proxy.password|the name is missing",
                "{remoteurl: https://hub.example, username: x, password: hunter2, exec: {command: y}}|proxy.exec.command|one of them",
                "{remoteurl: https://hub.example, exec: {lifetime: 1h}}|proxy.exec.lifetime |proxy.exec.command",
                "{remoteurl: https://hub.example, ttl: week}|proxy.ttl|168h",
                "{remoteurl: https://x:hunter2@hub.example}|proxy.remoteurl |no address of a registry",
                "{remoteurl: https://hub.example/v2/}|proxy.remoteurl |no address of a registry",
                "{remoteurl: ftp://hub.example}|proxy.remoteurl |no address of a registry"
            })
    void whatIsWrongEndsTheProgram(String section, String setting, String hint) {
        assertThatThrownBy(() -> fromFile(directory, "proxy: " + section, Map.of()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(setting)
                .hasMessageContaining(hint)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void besideMirrorsThereIsNoProxy() {
        assertThatThrownBy(() -> fromFile(
                        directory,
                        "proxy: {" + URL + "}\nmirrors: [{name: a, upstream: https://other.example}]",
                        Map.of()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("mirrors");
    }

    @Test
    void aReadOnlyStorageIsWarnedOf() throws IOException {
        assertThat(fromFile(
                                directory,
                                "proxy: {" + URL + "}\nstorage: {maintenance: {readonly: {enabled: true}}}",
                                Map.of())
                        .warnings())
                .singleElement()
                .asString()
                .contains("read-only");
    }
}
