package dev.berth.registry.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.account.ClientCertificateOptions.Group;
import dev.berth.registry.account.ClientCertificateOptions.Name;
import dev.berth.registry.certificates.TestCertificate;
import dev.berth.registry.server.Caller;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A certificate names a caller by exactly one name, which is read and not searched for. */
class CertificateSubjectTest {
    private static Optional<Caller> caller(TestCertificate.Maker maker, ClientCertificateOptions.Builder options) {
        return new CertificateSubject(options.build()).caller(maker.selfSigned().certificate());
    }

    private static Optional<String> name(TestCertificate.Maker maker, Name name) {
        return caller(maker, ClientCertificateOptions.builder().name(name)).map(Caller::name);
    }

    private static TestCertificate.Maker alice() {
        return TestCertificate.named("alice")
                .unit("dev")
                .organisation("acme")
                .mail("alice@acme.test")
                .dns("alice.acme.test")
                .uri("spiffe://acme.test/alice");
    }

    @Test
    void theOptionsSayWhereTheNameIs() {
        assertThat(name(alice(), Name.COMMON_NAME)).contains("alice");
        assertThat(name(alice(), Name.MAIL)).contains("alice@acme.test");
        assertThat(name(alice(), Name.DNS)).contains("alice.acme.test");
        assertThat(name(alice(), Name.URI)).contains("spiffe://acme.test/alice");
    }

    @Test
    void aCertificateWithoutExactlyOneNameNamesNobody() {
        assertThat(name(TestCertificate.named("alice"), Name.MAIL)).isEmpty();
        assertThat(name(alice().mail("admin@acme.test"), Name.MAIL)).isEmpty();
        assertThat(name(alice().commonName("admin"), Name.COMMON_NAME)).isEmpty();
    }

    @Test
    void aTextInTheFormOfAnotherNameIsATextOnly() {
        assertThat(name(TestCertificate.named("alice, CN=admin"), Name.COMMON_NAME))
                .contains("alice, CN=admin");
        assertThat(name(TestCertificate.named("mallory").unit("x, CN=admin"), Name.COMMON_NAME))
                .contains("mallory");
        assertThat(name(TestCertificate.named("acme+ci"), Name.COMMON_NAME)).isEmpty();
        assertThat(name(TestCertificate.named("admin\0.evil.test"), Name.COMMON_NAME))
                .isEmpty();
        assertThat(name(TestCertificate.named(" "), Name.COMMON_NAME)).isEmpty();
        assertThat(name(TestCertificate.named("x".repeat(256)), Name.COMMON_NAME))
                .isEmpty();
    }

    @Test
    void groupsHaveTheirSourceBeforeThem() {
        ClientCertificateOptions.Builder both =
                ClientCertificateOptions.builder().groups(Group.ORGANISATION).groups(Group.ORGANISATIONAL_UNIT);

        assertThat(caller(alice().unit("a, OU=root"), both).orElseThrow().groups())
                .containsExactlyInAnyOrder("cert:acme", "cert:dev", "cert:a, OU=root");
        assertThat(caller(alice(), ClientCertificateOptions.builder())
                        .orElseThrow()
                        .groups())
                .isEmpty();
    }
}
