package dev.berth.examples.standalone.configuration;

import static dev.berth.examples.standalone.configuration.SettingSources.fromEnvironment;
import static dev.berth.examples.standalone.configuration.SettingSources.fromFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.mirror.ReplicationSettings;
import dev.berth.examples.standalone.configuration.mirror.UpstreamLogin;
import dev.berth.examples.standalone.configuration.values.Secret;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.mirror.replication.ReplicationRule;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The list {@code replication} says what is carried over to or from other registries. What is wrong in it ends the program. */
class ReplicationSettingsTest {
    @TempDir
    Path directory;

    private ReplicationSettings rule(String keys) throws IOException {
        Settings settings =
                fromFile(directory, "replication: [{name: west, target: https://west.example" + keys + "}]", Map.of());
        assertThat(settings.warnings()).isEmpty();
        assertThat(settings.replication()).hasSize(1);
        return settings.replication().get(0);
    }

    @Test
    void aNameAndATargetAreEnough() throws IOException {
        ReplicationSettings rule = rule("");

        assertThat(rule.rule())
                .hasToString(ReplicationRule.builder("west").build().toString());
        assertThat(rule.rule().direction()).isEqualTo(ReplicationRule.Direction.PUSH);
        assertThat(rule.rule().repositories()).containsExactly(NamePattern.all());
        assertThat(rule.other().url()).isEqualTo("https://west.example");
        assertThat(rule.other().login()).isEqualTo(new UpstreamLogin.Anonymous());
        assertThat(rule.interval()).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void everythingElseCanBeSaid() throws IOException {
        ReplicationSettings rule = rule(", direction: pull, repositories: ['team/**', 'tools/*'], tags: 'v*',"
                + " exclude: ['*-rc*'], platforms: [linux/amd64, linux/arm64], referrers: false, deletions: true, mostdeleted: 90,"
                + " moves: false, overwrites: true, strip: eu, prefix: west, conflicts: source, interval: 1h,"
                + " username: jane, password: hunter2, cacertificate: ca.pem, trustrealm: tokens.example");

        assertThat(rule.rule().direction()).isEqualTo(ReplicationRule.Direction.PULL);
        assertThat(rule.rule().repositories())
                .containsExactly(NamePattern.parse("team/**"), NamePattern.parse("tools/*"));
        assertThat(rule.other().login()).isEqualTo(new UpstreamLogin.Password("jane", new Secret("hunter2")));
        assertThat(rule.interval()).isEqualTo(Duration.ofHours(1));
        assertThat(rule.toString()).doesNotContain("hunter2");
    }

    @Test
    void aVariableSetsTheWholeListAsYaml() {
        assertThat(fromEnvironment(Map.of("REGISTRY_REPLICATION", "[{name: west, target: west.example}]"))
                        .replication())
                .singleElement()
                .satisfies(rule -> assertThat(rule.rule().name()).isEqualTo("west"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{target: a.example}|replication[0] |'name'",
                "{name: a}|replication[0] |'target'",
                "{name: A, target: a.example}|replication[0] |lower-case",
                "{name: a, target: 'https://u:hunter2@a.example'}|replication[0].target |no address",
                "{name: a, target: a.example, direction: both}|replication[0].direction |pull, push",
                "{name: a, target: a.example, conflicts: sourc}|replication[0].conflicts |'source'",
                "{name: a, target: a.example, repositories: ['a//b']}|replication[0].repositories[0] |",
                "{name: a, target: a.example, platforms: linux}|replication[0].platforms |",
                "{name: a, target: a.example, prefix: A}|replication[0].prefix |",
                "{name: a, target: a.example, moves: sometimes}|replication[0].moves|neither",
                "{name: a, target: a.example, mostdeleted: 101}|replication[0].mostdeleted|0 to 100",
                "{name: a, target: a.example, deletion: true}|replication[0].deletion |'deletions'",
                "{name: a, target: a.example, interval: often}|replication[0].interval|168h",
                "{name: a, target: a.example}, {name: a, target: b.example}|replication[1] |another rule"
            })
    void whatIsWrongEndsTheProgram(String elements, String setting, String hint) {
        assertThatThrownBy(() -> fromFile(directory, "replication: [" + elements + "]", Map.of()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(setting)
                .hasMessageContaining(hint == null ? "" : hint)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aServerThatIsAMirrorReplicatesNothing() {
        assertThatThrownBy(() -> fromFile(
                        directory,
                        "proxy: {remoteurl: a.example}\nreplication: [{name: a, target: b.example}]",
                        Map.of()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("replication");
    }

    @Test
    void aReadOnlyStorageIsWarnedOf() throws IOException {
        assertThat(fromFile(
                                directory,
                                "replication: [{name: a, target: b.example}]\n"
                                        + "storage: {maintenance: {readonly: {enabled: true}}}",
                                Map.of())
                        .warnings())
                .singleElement()
                .asString()
                .contains("nothing is replicated");
    }
}
