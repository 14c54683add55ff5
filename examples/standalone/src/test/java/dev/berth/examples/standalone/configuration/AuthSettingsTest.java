package dev.berth.examples.standalone.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.examples.standalone.cli.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The section {@code auth} says how callers are known, as with {@code registry:2} and {@code registry:3}, and by what else. */
class AuthSettingsTest {
    private static final String TOKEN = "realm: 'https://auth.example.com/token', service: registry, issuer: auth";
    private static final String OIDC = "issuer: 'https://id.example.com', audience: berth";
    private static final String LDAP = "url: ldaps://ldap.example.com, userbase: 'ou=people,dc=example,dc=com'";

    @TempDir
    Path directory;

    private Settings settings(String yaml, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(directory.resolve("config.yml"), yaml);
        return SettingsReader.read(Optional.empty(), Optional.empty(), Optional.of(file), environment);
    }

    private AuthSettings auth(String yaml) throws IOException {
        return settings(yaml, Map.of()).auth();
    }

    private static Settings fromEnvironment(Map<String, String> environment) {
        return SettingsReader.read(Optional.empty(), Optional.empty(), Optional.empty(), environment);
    }

    @Test
    void theVariablesOfRegistry2ForHtpasswdAreTaken() {
        Settings settings = fromEnvironment(Map.of(
                "REGISTRY_AUTH", "htpasswd",
                "REGISTRY_AUTH_HTPASSWD_REALM", "Registry Realm",
                "REGISTRY_AUTH_HTPASSWD_PATH", "/auth/htpasswd"));

        assertThat(settings.auth().htpasswd())
                .contains(new AuthSettings.Htpasswd("Registry Realm", Path.of("/auth/htpasswd")));
        assertThat(settings.auth().token()).isEmpty();
        assertThat(settings.access()).isEmpty();
        assertThat(settings.warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auth: {token: {" + TOKEN + ", rootcertbundle: /certs.pem}}",
                "auth: {token: {" + TOKEN + ", jwks: /jwks.json, signingalgorithms: [ES256, RS256]}}",
                "auth: {token: {" + TOKEN + ", jwks: 'https://auth.example.com/jwks'}}",
                "auth: {token: {" + TOKEN + ", rootcertbundle: /certs.pem, autoredirect: false}}",
                "auth: {token: {service: registry, issuer: auth, jwks: /jwks.json, autoredirect: true,"
                        + " autoredirectpath: /login/token}}"
            })
    void theSettingsOfRegistry2And3ForTokensAreTaken(String yaml) throws IOException {
        assertThat(auth(yaml).token()).isPresent();
        assertThat(settings(yaml, Map.of()).warnings()).isEmpty();
    }

    @Test
    void sourcesOfAccountsAddUpWithASectionAccess() throws IOException {
        AuthSettings auth = auth("""
                access:
                auth:
                  htpasswd: {path: /htpasswd}
                  ldap: {url: [ldap://one.example.com, ldap://two.example.com], starttls: true, cacertificate: /ca.pem,
                         binddn: 'cn=registry,dc=example,dc=com', bindpassword: hunter2,
                         userbase: 'ou=people,dc=example,dc=com', userfilter: '(uid={0})',
                         groupbase: 'ou=groups,dc=example,dc=com', groupfilter: '(member={0})', nested: true, fresh: 3s}
                  oidc: {%s, usernameclaim: sub, groupsclaim: realm.roles, session: 12h, signingalgorithms: [RS256],
                         signin: {clientid: console, clientsecret: hunter2, title: Our login, session: 8h}}
                """.formatted(OIDC));

        assertThat(auth.htpasswd()).contains(new AuthSettings.Htpasswd("Registry", Path.of("/htpasswd")));
        assertThat(auth.ldap()).isPresent();
        assertThat(auth.oidc()).isPresent();
        assertThat(auth.toString()).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth:", "auth: {}", "auth: none", "auth: {none: {}}", "auth: {none: }"})
    void anOpenRegistryCanBeAskedFor(String yaml) throws IOException {
        assertThat(auth(yaml).isEmpty()).isTrue();
    }

    @Test
    void clientCertificatesAreRequiredUnlessTheSettingsSayOtherwise() throws IOException {
        String tls = "http: {tls: {certificate: /c.pem, key: /k.pem, clientcas: [/one.pem, /two.pem]%s}}";

        assertThat(settings(tls.formatted(""), Map.of()).tls())
                .contains(new Settings.Tls(
                        Path.of("/c.pem"), Path.of("/k.pem"), List.of(Path.of("/one.pem"), Path.of("/two.pem")), true));
        assertThat(settings(tls.formatted(", clientauth: verify-client-cert-if-given"), Map.of())
                        .tls()
                        .orElseThrow()
                        .clientCertificateRequired())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "auth: {htpasswd: }|auth.htpasswd.path|REGISTRY_AUTH_HTPASSWD_PATH",
                "auth: {htpasswd: {realm: r}}|auth.htpasswd.path|is missing",
                "auth: {htpasswd: {path: /p, realm: 'a\"b'}}|auth.htpasswd.realm|printable ASCII",
                "auth: {htpasswd: {pth: /p}}|auth.htpasswd.pth|is 'path' meant?",
                "auth: {htpasswd: {path: [/p]}}|auth.htpasswd.path|takes one value",
                "auth: {htpasswd: true}|auth.htpasswd|is a section",
                "auth: {htpaswd: {path: /p}}|auth.htpaswd|is 'htpasswd' meant?",
                "auth: htpaswd|'htpaswd'|is 'htpasswd' meant?",
                "auth: {silly: {realm: a, service: b}}|auth.silly|use auth.htpasswd",
                "auth: silly|auth.silly|use auth.htpasswd",
                "auth: {none: {}, htpasswd: {path: /p}}|auth.none|auth.htpasswd",
                "'{auth: none, access: {}}'|auth.none|access closes it",
                "auth: {htpasswd: {path: /p}, token: {}}|htpasswd and token|REGISTRY_AUTH",
                "'{access: {}, auth: {htpasswd: {path: /p}, token: {}}}'|auth.token|auth.htpasswd would not be asked",
                "auth: {token: {service: s, issuer: i, jwks: /j}}|auth.token.realm|is missing",
                "auth: {token: {realm: 'https://a/t', issuer: i, jwks: /j}}|auth.token.service|is missing",
                "auth: {token: {realm: 'https://a/t', service: s, jwks: /j}}|auth.token.issuer|is missing",
                "auth: {token: {realm: 'https://a/t', service: s, issuer: i}}|auth.token.rootcertbundle|auth.token.jwks",
                "auth: {token: {realm: nowhere, service: s, issuer: i, jwks: /j}}|auth.token.realm|a URL",
                "auth: {token: {realm: 'https://a/t', service: s, issuer: i, jwks: /j, signingalgorithms: [HS256]}}|auth.token|HS256",
                "auth: {token: {realm: 'https://a/t', service: s, issuer: i, jwks: /j, autoredirct: true}}|auth.token.autoredirct|is 'autoredirect' meant?",
                "auth: {token: {service: s, issuer: i, jwks: /j, autoredirect: true, autoredirectpath: x}}|auth.token|'x'",
                "auth: {oidc: {issuer: 'https://i', audience: a}}|auth.oidc|add a section access",
                "auth: {ldap: {url: 'ldaps://l', userbase: 'dc=x'}}|auth.ldap|add a section access",
                "'{access: {}, auth: {oidc: {audience: a}}}'|auth.oidc.issuer|is missing",
                "'{access: {}, auth: {oidc: {issuer: ''https://i''}}}'|auth.oidc.audience|is missing",
                "'{access: {}, auth: {oidc: {issuer: ''https://i'', audiences: a}}}'|auth.oidc.audiences|is 'audience' meant?",
                "'{access: {}, auth: {oidc: {issuer: ''https://i'', audience: a, signin: {clientsecret: s}}}}'|auth.oidc.signin.clientid|is missing",
                "'{access: {}, auth: {oidc: {issuer: ''https://i'', audience: a, signin: {clientid: c, session: 0s}}}}'|auth.oidc.signin.session|0s",
                "'{access: {}, auth: {ldap: {userbase: ''dc=x''}}}'|auth.ldap.url|is missing",
                "'{access: {}, auth: {ldap: {url: ''ldaps://l''}}}'|auth.ldap.userbase|is missing",
                "'{access: {}, auth: {ldap: {url: ''ldap://l.example.com'', userbase: ''dc=x''}}}'|auth.ldap|plain",
                "'{access: {}, auth: {ldap: {url: ''ldaps://l'', userbase: ''dc=x'', binddn: ''cn=r''}}}'|auth.ldap.bindpassword|the password is missing",
                "'{access: {}, auth: {ldap: {url: ''ldaps://l'', userbase: ''dc=x'', nested: true}}}'|auth.ldap.nested|auth.ldap.groupbase is missing",
                "'{access: {}, auth: {ldap: {url: ''ldaps://l'', userbase: ''dc=x'', deadline: 1m}}}'|auth.ldap|under 10 seconds",
                "'{access: {}, auth: {ldap: {url: ''ldaps://l'', userbase: ''dc=x'', userfilter: ''(uid='' }}}'|auth.ldap|filter",
                "'{access: {}, auth: {certificate: {}}}'|auth.certificate|http.tls.clientcas",
                "http: {tls: {clientcas: [/ca.pem]}}|http.tls.clientcas|http.tls.certificate",
                "http: {tls: {certificate: /c, key: /k, clientauth: request-client-cert}}|http.tls.clientauth|not supported",
                "http: {tls: {certificate: /c, key: /k, clientauth: verify-client-cert-if-given}}|http.tls.clientauth|http.tls.clientcas"
            })
    void whatIsWrongIsNamed(String yaml, String place, String expected) {
        assertThatThrownBy(() -> auth(yaml))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(place)
                .hasMessageContaining(expected)
                .hasMessageNotContainingAny("\n", "..");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{access: {}, auth: {ldap: {url: 'ldaps://user:hunter2@l', userbase: 'dc=x'}}}",
                "{access: {}, auth: {oidc: {issuer: 'https://user:hunter2@i', audience: a}}}",
                "{access: {}, auth: {oidc: {issuer: 'https://i', audience: a, signin: {clientsecret: hunter2}}}}",
                "{access: {}, auth: {ldap: {url: 'ldaps://l', userbase: 'dc=x', bindpassword: hunter2}}}",
                "{auth: {token: {realm: 'https://user:hunter2@a/t', service: s, issuer: i, jwks: /j}}}",
                "{auth: {token: {realm: 'https://a/t', service: s, issuer: i, jwks: 'https://user:hunter2@a/j'}}}"
            })
    void secretsInRefusedSettingsAreNotPrinted(String yaml) {
        assertThatThrownBy(() -> auth(yaml))
                .isInstanceOf(CommandException.class)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aDirectoryMayBeUsedWithoutFurtherSettings() throws IOException {
        assertThat(auth("{access: {}, auth: {ldap: {" + LDAP + "}}}").ldap()).isPresent();
    }
}
