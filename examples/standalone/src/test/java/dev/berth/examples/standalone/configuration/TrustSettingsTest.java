package dev.berth.examples.standalone.configuration;

import static dev.berth.examples.standalone.configuration.SettingSources.fromEnvironment;
import static dev.berth.examples.standalone.configuration.SettingSources.fromFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.trust.GateSettings;
import dev.berth.examples.standalone.configuration.trust.ScanSettings;
import dev.berth.examples.standalone.configuration.trust.TrustSettings;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.scan.signature.SigningKey;
import dev.berth.registry.scan.signature.TrustedKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sections {@code scan}, {@code signatures} and {@code gate}. What is wrong in them ends the program. */
class TrustSettingsTest {
    private static final String SCAN = "scan: {advisories: {address: https://advisories.example/all.zip}}\n";

    @TempDir
    Path directory;

    private Path key;

    @BeforeEach
    void makeKey() throws IOException {
        key = Files.writeString(
                directory.resolve("release.pub"), SigningKey.generate().publicPem());
    }

    private TrustSettings read(String yaml) throws IOException {
        Settings settings =
                fromFile(directory, yaml.replace("KEY", key.toString()).replace("DIR", directory.toString()), Map.of());
        assertThat(settings.warnings()).isEmpty();
        return settings.trust();
    }

    @Test
    void withoutTheSectionsNothingIsScannedOrRefused() throws IOException {
        TrustSettings trust = read("version: 0.1");

        assertThat(trust.scan()).isEmpty();
        assertThat(trust.signatures().keys()).isEmpty();
        assertThat(trust.gate()).isEmpty();
    }

    @Test
    void scansKnowTheirAdvisories() throws IOException {
        ScanSettings scan = read("""
                scan:
                  advisories:
                    directory: [DIR]
                    address: [https://advisories.example/Debian/all.zip, https://advisories.example/npm/all.zip]
                    every: 2h
                    work: /var/lib/berth/advisories
                  repositories: [team/**]
                  onpush: false
                  every: 24h
                  parallel: 4
                  sbom: true
                """).scan().orElseThrow();

        assertThat(scan.scanner())
                .isEqualTo(new ScanSettings.Advisories(
                        List.of(directory),
                        List.of(
                                URI.create("https://advisories.example/Debian/all.zip"),
                                URI.create("https://advisories.example/npm/all.zip")),
                        Duration.ofHours(2),
                        Path.of("/var/lib/berth/advisories")));
        assertThat(scan.repositories()).containsExactly(NamePattern.parse("team/**"));
        assertThat(scan.onPush()).isFalse();
        assertThat(scan.every()).isEqualTo(Duration.ofHours(24));
        assertThat(scan.parallel()).isEqualTo(4);
        assertThat(scan.sbom()).isTrue();
    }

    @Test
    void anotherScannerIsAskedByItsApi() throws IOException {
        ScanSettings scan = read("""
                scan:
                  adapter:
                    address: https://scanner.example:8080
                    registry: https://registry.example
                    token: hunter2
                    pull: {username: scanner, password: hunter3}
                """).scan().orElseThrow();

        assertThat(scan.scanner()).isInstanceOfSatisfying(ScanSettings.Adapter.class, adapter -> {
            assertThat(adapter.address()).isEqualTo(URI.create("https://scanner.example:8080"));
            assertThat(adapter.registry()).isEqualTo(URI.create("https://registry.example"));
            assertThat(adapter.pull().orElseThrow().name()).isEqualTo("scanner");
        });
        assertThat(scan.toString()).doesNotContain("hunter");
    }

    @Test
    void aVariableHasAWholeSection() {
        TrustSettings trust = fromEnvironment(Map.of(
                        "REGISTRY_SCAN", "{advisories: {address: 'https://advisories.example/all.zip'}, parallel: 7}"))
                .trust();

        assertThat(trust.scan().orElseThrow().parallel()).isEqualTo(7);
    }

    @Test
    void keysHaveNamesAndTimes() throws IOException {
        List<TrustedKey> keys = read("""
                signatures:
                  keys:
                    - {name: release, file: KEY, from: 2026-01-01, until: 2027-01-31T12:00:00Z}
                    - {name: old, file: KEY, withdrawn: true}
                """).signatures().keys();

        assertThat(keys).extracting(TrustedKey::name).containsExactly("release", "old");
    }

    @Test
    void rulesSayWhatImagesMustBeLike() throws IOException {
        GateSettings gate = read(SCAN + """
                signatures: {keys: [{name: release, file: KEY}, {name: backup, file: KEY}]}
                gate:
                  accepted: DIR/accepted.json
                  rules:
                    - name: production
                      repositories: [production/**]
                      tags: ['v*']
                      except: [v0]
                      signedby: [release, backup]
                      findings: {above: medium, fixedonly: true, knownfor: 168h, notolder: 48h}
                      unscanned: {hold: 10m, then: deny}
                      pending: {hold: 10m}
                      unscannable: allow
                      failed: deny
                      incomplete: deny
                      platforms: [linux/amd64]
                      beforetagging: true
                      exceptuntagged: true
                    - {name: all, findings: {above: high}, dryrun: true}
                """).gate().orElseThrow();

        assertThat(gate.accepted()).containsExactly(directory.resolve("accepted.json"));
        assertThat(gate.policy().rules()).hasSize(2);
        assertThat(gate.policy().rules().get(0).toString())
                .contains("signed by release or backup", "production/**", "v*", "v0", "known for PT168H");
        assertThat(gate.policy().rules().get(0).isDryRun()).isFalse();
        assertThat(gate.policy().rules().get(1).isDryRun()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            scan: {}                                                           | scan needs 'advisories'
            scan: {advisories: {}}                                             | scan.advisories names no advisories
            scan: {advisories: {directory: /missing}}                          | scan.advisories.directory names /missing
            scan: {advisories: {address: 'ftp://a.example'}}                   | scan.advisories.address is an http
            scan: {advisories: {address: 'https://a.example', every: 1s}}      | scan.advisories.every must be a minute
            scan: {advisorys: {}}                                              | is 'advisories' meant
            scan: {adapter: {address: 'https://a.example'}}                    | scan.adapter lacks 'registry'
            signatures: {keys: [{name: a, file: /missing}]}                    | there is no /missing
            signatures: {keys: [{name: a}]}                                    | signatures.keys[0] lacks 'file'
            signatures: {keys: [{name: a, file: KEY}, {name: a, file: KEY}]}   | Two trusted keys have the name a
            signatures: {keys: [{name: notation, file: KEY}]}                  | cannot be 'notation'
            signatures: {keys: [{name: a, file: KEY, until: soon}]}            | 'soon' is no time
            signatures: {notation: DIR}                                        | trustpolicy.oci.json
            gate: {}                                                           | gate has no rules
            gate: {rules: [{name: a}]}                                         | gate.rules[0] demands nothing
            gate: {rules: [{name: a, findings: {above: high}}]}                | add the section 'scan'
            gate: {rules: [{name: a, signedby: b}]}                            | The key 'b'
            gate: {rules: [{name: a, signedby: notation}]}                     | add signatures.notation
            gate: {rule: []}                                                   | is 'rules' meant
            gates: {}                                                          | is 'gate' meant
            """)
    void whatIsWrongIsNamed(String yaml, String about) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(about);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            findings: {above: sever}                          | severity 'sever'
            findings: {fixedonly: true}                       | lacks 'above'
            findings: {above: high}, unscanned: maybe         | gate.rules[0].unscanned is allow, deny, or
            findings: {above: high}, pending: {then: deny}    | lacks 'hold'
            findings: {above: high}, repositories: ['**x']    | gate.rules[0].repositories
            findings: {above: high}, beforetagging: true      | does not say by whom
            """)
    void whatIsWrongInARuleIsNamed(String rule, String about) {
        assertThatThrownBy(() -> read(SCAN + "gate: {rules: [{name: a, " + rule + "}]}"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(about);
    }
}
