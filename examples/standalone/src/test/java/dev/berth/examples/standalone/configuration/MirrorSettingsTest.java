package dev.berth.examples.standalone.configuration;

import static dev.berth.examples.standalone.configuration.SettingSources.fromEnvironment;
import static dev.berth.examples.standalone.configuration.SettingSources.fromFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.mirror.FreshTags;
import dev.berth.examples.standalone.configuration.mirror.MirrorSettings;
import dev.berth.examples.standalone.configuration.mirror.UpstreamLogin;
import dev.berth.examples.standalone.configuration.values.Secret;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.copy.TagPattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The list {@code mirrors} says which other registries are mirrored. What is wrong in it ends the program. */
class MirrorSettingsTest {
    @TempDir
    Path directory;

    private MirrorSettings mirror(String keys) throws IOException {
        Settings settings = fromFile(
                directory, "mirrors: [{name: hub.example, upstream: https://hub.example" + keys + "}]", Map.of());
        assertThat(settings.warnings()).isEmpty();
        assertThat(settings.mirrors()).hasSize(1);
        return settings.mirrors().get(0);
    }

    @Test
    void aNameAndAnAddressAreEnough() throws IOException {
        MirrorSettings mirror = mirror("");

        assertThat(mirror.prefix()).contains(RepositoryName.parse("hub.example"));
        assertThat(mirror.namespaces()).containsExactly("hub.example");
        assertThat(mirror.chosenByDefault()).isFalse();
        assertThat(mirror.upstream().login()).isEqualTo(new UpstreamLogin.Anonymous());
        assertThat(mirror.referrers()).isTrue();
        assertThat(mirror.keepGone()).isFalse();
        assertThat(mirror.unusedFor()).isEmpty();
        assertThat(mirror.budget()).isEmpty();
    }

    @Test
    void everythingElseCanBeSaid() throws IOException {
        Path password = Files.writeString(directory.resolve("password"), "hunter2\n");

        MirrorSettings mirror =
                fromFile(directory, """
                        mirrors:
                          - name: team
                            namespaces: ["Registry.example:5000", team]
                            upstream: http://registry.example:5000
                            default: true
                            username: jane
                            password: {file: %s}
                            cacertificate: /etc/ca.pem
                            trustrealm: tokens.example
                            onlyhere: [mine/**]
                            allow: [library/*, "tools/**"]
                            fresh: 5m
                            freshtags:
                              - {repositories: "library/*", tags: "v*", time: 168h}
                              - {tags: latest, time: 0}
                            missing: 1m
                            deadline: 2s
                            budget: 10GiB
                            unused: 720h
                            referrers: false
                            keepgone: true
                        """.formatted(password), Map.of()).mirrors().get(0);

        assertThat(mirror.namespaces()).containsExactly("team", "registry.example:5000");
        assertThat(mirror.chosenByDefault()).isTrue();
        assertThat(mirror.onlyHere()).containsExactly(NamePattern.parse("mine/**"));
        assertThat(mirror.upstream().url()).isEqualTo("http://registry.example:5000");
        assertThat(mirror.upstream().login()).isEqualTo(new UpstreamLogin.Password("jane", new Secret("hunter2")));
        assertThat(mirror.upstream().authorities()).contains(Path.of("/etc/ca.pem"));
        assertThat(mirror.upstream().realm()).contains("tokens.example");
        assertThat(mirror.allow()).containsExactly(NamePattern.parse("library/*"), NamePattern.parse("tools/**"));
        assertThat(mirror.fresh()).contains(Duration.ofMinutes(5));
        assertThat(mirror.freshTags())
                .containsExactly(
                        new FreshTags(NamePattern.parse("library/*"), new TagPattern("v*"), Duration.ofHours(168)),
                        new FreshTags(NamePattern.parse("**"), new TagPattern("latest"), Duration.ZERO));
        assertThat(mirror.missing()).contains(Duration.ofMinutes(1));
        assertThat(mirror.deadline()).contains(Duration.ofSeconds(2));
        assertThat(mirror.budget()).hasValue(10L << 30);
        assertThat(mirror.unusedFor()).contains(Duration.ofDays(30));
        assertThat(mirror.referrers()).isFalse();
        assertThat(mirror.keepGone()).isTrue();
    }

    @Test
    void whatTheRegistryIsShownComesFromDockerLoginOrAProgram() throws IOException {
        assertThat(mirror(", credentials: docker").upstream().login()).isEqualTo(new UpstreamLogin.OfDocker());
        assertThat(mirror(", exec: {command: /opt/helper, lifetime: 1h}")
                        .upstream()
                        .login())
                .isEqualTo(new UpstreamLogin.Program("/opt/helper", Optional.of(Duration.ofHours(1))));
    }

    @Test
    void aVariableSetsTheWholeListAsYaml() {
        List<MirrorSettings> mirrors = fromEnvironment(Map.of(
                        "REGISTRY_MIRRORS",
                        "[{name: a, upstream: 'https://a.example'}, {name: b, upstream: b.example, default: yes}]"))
                .mirrors();

        assertThat(mirrors).extracting(MirrorSettings::name).containsExactly("a", "b");
        assertThat(mirrors).extracting(MirrorSettings::chosenByDefault).containsExactly(false, true);
    }

    @Test
    void aVariableForAnElementIsRefused() {
        assertThatThrownBy(() -> fromEnvironment(Map.of("REGISTRY_MIRRORS_0_NAME", "a")))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("REGISTRY_MIRRORS");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{upstream: a.example}|mirrors[0] |'name'",
                "{name: a}|mirrors[0] |'upstream'",
                "{name: A, upstream: a.example}|mirrors[0].name |",
                "{name: a/b, upstream: a.example}|mirrors[0] |lower-case",
                "{name: a, upstream: 'https://u:hunter2@a.example'}|mirrors[0].upstream |no address",
                "{name: a, upstream: 'a.example/x'}|mirrors[0].upstream |no address",
                "{name: a, upstream: a.example, upsteam: x}|mirrors[0].upsteam |'upstream'",
                "{name: a, upstream: a.example, username: x}|mirrors[0] |the password is missing",
                "{name: a, upstream: a.example, password: hunter2}|mirrors[0] |the name is missing",
                "{name: a, upstream: a.example, credentials: podman}|mirrors[0].credentials|docker",
                "{name: a, upstream: a.example, credentials: docker, exec: {command: x}}|mirrors[0] |more than one",
                "{name: a, upstream: a.example, exec: {lifetime: 1h}}|mirrors[0].exec |'command'",
                "{name: a, upstream: a.example, exec: {comand: x}}|mirrors[0].exec.comand |'command'",
                "{name: a, upstream: a.example, budget: 0}|mirrors[0] |positive",
                "{name: a, upstream: a.example, budget: lots}|mirrors[0].budget|16MiB",
                "{name: a, upstream: a.example, deadline: 0}|mirrors[0] |millisecond",
                "{name: a, upstream: a.example, fresh: soon}|mirrors[0].fresh|168h",
                "{name: a, upstream: a.example, freshtags: [{tags: x}]}|mirrors[0].freshtags[0] |'time'",
                "{name: a, upstream: a.example, freshtags: [{tag: x}]}|mirrors[0].freshtags[0].tag |'tags'",
                "{name: a, upstream: a.example, allow: ['a//b']}|mirrors[0].allow[0] |",
                "{name: a, upstream: a.example, onlyhere: ['b/**']}|mirrors[0].onlyhere |default",
                "{name: a, upstream: a.example, default: perhaps}|mirrors[0].default|neither",
                "{name: a, upstream: a.example}, {name: a, upstream: b.example}|mirrors[1] |another mirror",
                "{name: a, upstream: a.example}, {name: b, upstream: b.example, namespaces: a}|mirrors[1] |'a'",
                "{name: a, upstream: a.example, default: true}, {name: b, upstream: b.example, default: true}|mirrors[1] |default"
            })
    void whatIsWrongEndsTheProgram(String elements, String setting, String hint) {
        assertThatThrownBy(() -> fromFile(directory, "mirrors: [" + elements + "]", Map.of()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(setting)
                .hasMessageContaining(hint == null ? "" : hint)
                .hasMessageNotContaining("hunter2");
    }
}
