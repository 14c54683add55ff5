package dev.berth.examples.standalone.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.values.Secret;
import dev.berth.registry.access.Grants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The section {@code access} says who may do what. What is misspelt in it ends the program. */
class AccessSettingsTest {
    @TempDir
    Path directory;

    private Settings settings(String yaml, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(directory.resolve("config.yml"), yaml);
        return SettingsReader.read(Optional.empty(), Optional.empty(), Optional.of(file), environment);
    }

    private AccessSettings access(String yaml) throws IOException {
        return settings(yaml, Map.of()).access().orElseThrow();
    }

    private static Optional<AccessSettings> fromEnvironment(Map<String, String> environment) {
        return SettingsReader.read(Optional.empty(), Optional.empty(), Optional.empty(), environment)
                .access();
    }

    @Test
    void theWholeSectionIsRead() throws IOException {
        AccessSettings access = access("""
                access:
                  accounts: true
                  admin: {name: root, password: of the root}
                  public: ["library/**", base]
                  organisations: {acme: {Alice: admin, "team:dev": writer, "oidc:ops": Reader}}
                  teams: {dev: [Alice, bob, "ldap:engineers"], acme/qa: carol, empty: []}
                  grants:
                    - {to: "team:dev", repositories: ["dev/**"], role: writer}
                    - {to: [authenticated, everyone], repositories: tools/*, role: reader}
                    - {to: john.doe, repositories: "**", role: maintainer}
                  tokens: {service: registry.example.com, issuer: us, realm: "https://example.com/token", lifetime: 10m, refresh: 48h}
                  trustedproxies: [10.0.0.0/8, "::1"]
                  audit: false
                """);

        assertThat(access.accounts()).isTrue();
        assertThat(access.audit()).isFalse();
        assertThat(access.admin().name()).isEqualTo("root");
        assertThat(access.admin().password()).contains(new Secret("of the root"));
        assertThat(access.trustedProxies()).containsExactly("10.0.0.0/8", "::1");
        assertThat(access.tokens().service()).isEqualTo("registry.example.com");
        assertThat(access.tokens().issuer()).contains("us");
        assertThat(access.tokens().realm()).map(Object::toString).contains("https://example.com/token");
        assertThat(access.tokens().lifetime()).isEqualTo(Duration.ofMinutes(10));
        assertThat(access.tokens().refresh()).isEqualTo(Duration.ofDays(2));
        assertThat(texts(access.grants()))
                .containsExactlyInAnyOrder(
                        "everyone is READER in library/**",
                        "everyone is READER in base",
                        "user:Alice is ADMIN in acme/**",
                        "group:dev is WRITER in acme/**",
                        "group:oidc:ops is READER in acme/**",
                        "group:dev is WRITER in dev/**",
                        "authenticated is READER in tools/*",
                        "everyone is READER in tools/*",
                        "user:john.doe is MAINTAINER in **");
        assertThat(access.grants().teams().names()).containsExactly("acme/qa", "dev", "empty");
        assertThat(access.grants().teams().members("dev"))
                .extracting(Object::toString)
                .containsExactlyInAnyOrder("user:Alice", "user:bob", "group:ldap:engineers");
    }

    private static Iterable<String> texts(Grants grants) {
        return grants.all().stream().map(Object::toString).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"access:", "access: {}", "ACCESS: {accounts: yes}"})
    void theSectionAloneClosesTheRegistry(String yaml) throws IOException {
        AccessSettings access = access(yaml);

        assertThat(access.accounts()).isTrue();
        assertThat(access.audit()).isTrue();
        assertThat(access.admin()).isEqualTo(new AccessSettings.Admin("admin", Optional.empty()));
        assertThat(access.grants().all()).isEmpty();
        assertThat(access.tokens().lifetime()).isEqualTo(Duration.ofMinutes(5));
        assertThat(access.tokens().refresh()).isEqualTo(Duration.ofDays(90));
    }

    @Test
    void variablesReplaceSingleValuesAndLists() throws IOException {
        AccessSettings access = settings(
                        "access: {public: [a, b, c], admin: {name: root}, trustedproxies: [10.0.0.1]}",
                        Map.of(
                                "REGISTRY_ACCESS_PUBLIC", "library/**, base",
                                "REGISTRY_ACCESS_ADMIN_PASSWORD", "from outside",
                                "REGISTRY_ACCESS_TOKENS_LIFETIME", "1m"))
                .access()
                .orElseThrow();

        assertThat(texts(access.grants()))
                .containsExactly("everyone is READER in library/**", "everyone is READER in base");
        assertThat(access.admin()).isEqualTo(new AccessSettings.Admin("root", Optional.of(new Secret("from outside"))));
        assertThat(access.tokens().lifetime()).isEqualTo(Duration.ofMinutes(1));
        assertThat(access.trustedProxies()).containsExactly("10.0.0.1");
        assertThat(fromEnvironment(Map.of("REGISTRY_ACCESS_ACCOUNTS", "true"))).isPresent();
        assertThat(fromEnvironment(Map.of())).isEmpty();
    }

    @Test
    void aSectionThatIsThereTwiceIsRefused() {
        assertThatThrownBy(() -> access("access: {}\nAccess: {public: [a]}"))
                .isInstanceOf(CommandException.class)
                .hasMessageContainingAll("'access'", "twice");
    }

    @Test
    void thePasswordIsNotPrinted() throws IOException {
        Settings settings = settings("access: {admin: {password: very-secret}}", Map.of());

        assertThat(settings.toString()).doesNotContain("very-secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{pubilc: [a]}|access.pubilc|is 'public' meant?",
                "{grant: []}|access.grant|is 'grants' meant?",
                "{organizations: {}}|access.organizations|is 'organisations' meant?",
                "{colour: red}|access.colour|there are accounts, admin, audit",
                "{admin: {pasword: x}}|access.admin.pasword|is 'password' meant?",
                "{tokens: {lifetme: 5m}}|access.tokens.lifetme|is 'lifetime' meant?",
                "{grants: [{too: bob, repositories: a, role: reader}]}|access.grants[0].too|is 'to' meant?",
                "{grants: [{to: a, repositories: b, role: reader}, {to: bob, role: reader}]}|access.grants[1] |lacks 'repositories'",
                "{grants: [{to: bob, repositories: [], role: reader}]}|access.grants[0] |lacks 'repositories'",
                "{grants: [{to: bob, repositories: a, role: }]}|access.grants[0] |lacks 'role'",
                "{grants: [{to: bob, repositories: a, role: raeder}]}|access.grants[0].role|is 'reader' meant?",
                "{grants: [{to: bob, repositories: a, role: owner}]}|'owner' of access.grants[0].role|admin, maintainer, reader, writer",
                "{grants: [{to: bob, repositories: [a, /b], role: reader}]}|'/b' of access.grants[0].repositories[1]|does not begin with a slash",
                "{grants: [{to: bob, repositories: 'a/*/b', role: reader}]}|'a/*/b'|A pattern is",
                "{grants: [{to: bob, repositories: 'A/**', role: reader}]}|'A/**'|A pattern is",
                "{public: ['*']}|'*' of access.public|A pattern is",
                "{public: ['a', '']}|access.public |without a value",
                "{teams: {dev: [a]}, grants: [{to: 'team:dve', repositories: a, role: reader}]}|'dve' of access.grants[0].to|is 'dev' meant?",
                "{grants: [{to: 'team:dev', repositories: a, role: reader}]}|'dev' of access.grants[0].to|add it to access.teams",
                "{organisations: {acme: {'team:dev': reader}}}|'dev' of access.organisations.acme.team:dev|unknown",
                "{organisations: {acme: {bob: boss}}}|access.organisations.acme.bob|'boss'",
                "{organisations: {acme/x: {bob: admin}}}|access.organisations.acme/x|no organisation",
                "{organisations: {Acme: {bob: admin}}}|access.organisations.Acme|no organisation",
                "{organisations: [acme]}|access.organisations |is a section",
                "{organisations: {acme: bob}}|access.organisations.acme |is a section",
                "{teams: {dev: {bob: admin}}}|access.teams.dev |takes one value",
                "{teams: {dev: [everyone]}}|access.teams.dev[0]|no member of a team",
                "{teams: {a: [b], c: ['team:a']}}|access.teams.c[0]|which cannot be",
                "{teams: {dev: ['ldpa:engineers']}}|'ldpa:' of access.teams.dev[0]|is 'ldap' meant?",
                "{teams: {dev: ['ldap:']}}|access.teams.dev[0] |no name after",
                "{teams: {'ldap:x': [bob]}}|access.teams.ldap:x |names no team",
                "{grants: [bob]}|access.grants[0] |is a section",
                "{grants: {to: bob}}|access.grants |lacks",
                "{admin: root}|access.admin |is a section",
                "{tokens: {lifetime: 30s}}|access.tokens.lifetime |a minute or longer",
                "{tokens: {lifetime: soon}}|access.tokens.lifetime|not a duration",
                "{tokens: {refresh: 0s}}|access.tokens.refresh|longer than nothing",
                "{tokens: {realm: /token}}|access.tokens.realm |a URL",
                "{tokens: {realm: 'https://a/token?x=y'}}|access.tokens.realm |without user and query",
                "{tokens: {service: 'a \"b'}}|access.tokens.service |printable ASCII",
                "{trustedproxies: [10.0.0.0/33]}|access.trustedproxies |10.0.0.0/33",
                "{trustedproxies: [proxy]}|access.trustedproxies |proxy",
                "{teams: {a: [b]}, Teams: {a: [c]}}|access.teams |is there twice",
                "{accounts: maybe}|access.accounts|neither true nor false",
                "{accounts: {x: y}}|access.accounts |takes one value",
                "{accounts: false, admin: {name: root}}|access.admin |remove one of them",
                "{admin: {password: 1e3}}|access.admin.password |between quotes"
            })
    void whatIsWrongIsNamedWithItsPlace(String yaml, String place, String expected) {
        assertThatThrownBy(() -> access("access: " + yaml))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(place)
                .hasMessageContaining(expected)
                .hasMessageNotContainingAny("\n", "..");
    }

    @ParameterizedTest
    @CsvSource({
        "REGISTRY_ACCESS_PUBILC, access.pubilc",
        "REGISTRY_ACCESS_ADMIN_PASSWD, access.admin.passwd",
        "REGISTRY_ACCESS_TEAMS_DEV, access.teams",
        "REGISTRY_ACCESS_ORGANISATIONS_ACME_BOB, access.organisations",
        "REGISTRY_ACCESS_GRANTS, access.grants",
        "REGISTRY_ACCES_ACCOUNTS, is 'access' meant?"
    })
    void aVariableThatWouldHaveNoEffectIsRefusedAndItsValueNotPrinted(String variable, String expected) {
        assertThatThrownBy(() -> fromEnvironment(Map.of(variable, "hunter2")))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(expected)
                .hasMessageNotContaining("hunter2");
    }
}
