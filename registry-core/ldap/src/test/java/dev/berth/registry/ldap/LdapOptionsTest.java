package dev.berth.registry.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that would be unsafe, or do not go together, are refused. */
class LdapOptionsTest {
    private static final String BASE = "ou=people,dc=example,dc=com";

    private static LdapOptions.Builder to(String url) {
        return LdapOptions.builder(URI.create(url)).userBase(BASE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ldap://ldap.example.com",
                "ldap://192.0.2.1:389",
                "ldap://localhost.example.com",
                "ldap://[2001:db8::1]"
            })
    void refusesPasswordsInPlaintext(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> to(url).build())
                .withMessageContaining("Passwords would be readable on the way to ldap://")
                .withMessageContaining("StartTLS");
        assertThatCode(() -> to(url).startTls(true).build()).doesNotThrowAnyException();
        assertThatCode(() -> to(url).allowPlaintext(true).build()).doesNotThrowAnyException();
    }

    @Test
    void refusesPlaintextToOneOfSeveralServers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LdapOptions.builder(
                                URI.create("ldaps://one.example.com"), URI.create("ldap://two.example.com"))
                        .userBase(BASE)
                        .build());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ldap://localhost",
                "ldap://127.0.0.1:1389",
                "ldap://127.5.5.5",
                "ldap://[::1]:389",
                "ldaps://ldap.example.com",
                "LDAPS://ldap.example.com/"
            })
    void takesServersThatNobodyListensOnTheWayTo(String url) {
        assertThatCode(() -> to(url).build()).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://ldap.example.com",
                "ldap.example.com",
                "ldaps://",
                "ldaps://host/dc=example",
                "ldaps://user:pw@host",
                "ldaps://host/?x"
            })
    void refusesOtherUrls(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> to(url)).withMessageNotContaining("pw");
    }

    @Test
    void refusesWhatDoesNotGoTogether() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> LdapOptions.builder(URI.create("ldaps://host")).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> to("ldaps://host").startTls(true).build());
        assertThatIllegalArgumentException().isThrownBy(() -> to("ldaps://host").userFilter("(uid=alice)"));
        assertThatIllegalArgumentException().isThrownBy(() -> to("ldaps://host").userFilter("uid={0})("));
        assertThatIllegalArgumentException().isThrownBy(() -> to("ldaps://host").userBase("people"));
        assertThatIllegalArgumentException().isThrownBy(() -> to("ldaps://host").bindAs("uid=alice"));
        assertThatIllegalArgumentException().isThrownBy(() -> to("ldaps://host").searchIdentity("cn=x", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> to("ldaps://host").deadline(Duration.ofSeconds(10)));
        assertThatIllegalArgumentException().isThrownBy(() -> to("ldaps://host").fresh(Duration.ofSeconds(11)));
        assertThatIllegalArgumentException().isThrownBy(() -> to("ldaps://host").connections(0));
        assertThatIllegalArgumentException().isThrownBy(() -> LdapGroups.builder("groups"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LdapGroups.builder(BASE)
                        .filter("(memberUid={1})")
                        .nested(true)
                        .build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> to("ldaps://host")
                        .activeDirectory("corp.example.com", "CORP")
                        .bindAs("cn={0}," + BASE)
                        .build());
    }

    @Test
    void printsNoPassword() {
        LdapOptions options =
                to("ldaps://host").searchIdentity("cn=x", "the secret").build();

        assertThat(options.toString()).contains("ldaps://host:636").doesNotContain("secret");
        assertThat(options.settings().searchIdentity().toString()).doesNotContain("secret");
    }

    @Test
    void namesAFileOfCertificatesThatIsNone(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("ca.pem"), "no certificate");

        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        LdapAccounts.open(to("ldaps://host").certificates(file).build()))
                .withMessageContaining("ca.pem");
    }
}
