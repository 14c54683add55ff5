package dev.berth.registry.scan.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures of Notation are accepted by its trust policies and trust stores. */
class NotationSignatureTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final TestCertificate ROOT = TestCertificate.root("root");
    private static final TestCertificate LEAF = TestCertificate.leaf(ROOT);

    private final SignedWorld world = new SignedWorld();

    private static NotationSigner signer(TestCertificate leaf, X509Certificate... issuers) {
        List<X509Certificate> chain = new ArrayList<>(List.of(leaf.certificate()));
        chain.addAll(List.of(issuers));
        return NotationSigner.of(leaf.signingKey(), chain).time(() -> NOW);
    }

    static String policy(String level, String scope, String identity, String... stores) {
        return """
                {"version":"1.0","trustPolicies":[{"name":"images","registryScopes":["%s"],\
                "signatureVerification":{"level":"%s"},"trustStores":["%s"],"trustedIdentities":["%s"]}]}""".formatted(scope, level, String.join("\",\"", stores), identity);
    }

    private static NotationTrust trust(String policies, X509Certificate... trusted) {
        return NotationTrust.builder(policies)
                .certificates("ca:example", List.of(trusted))
                .build();
    }

    private Signatures verify(NotationTrust trust) {
        return verify(trust, NOW);
    }

    private Signatures verify(NotationTrust trust, Instant now) {
        return world.verify(SignatureVerifier.builder()
                .notation(trust)
                .host("registry.example")
                .time(() -> now)
                .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1", "2048", "3072", "4096"})
    void everyKindOfKeySigns(String kind) {
        TestCertificate leaf = new TestCertificate.Maker("release")
                .keys(TestCertificate.newKeys(kind))
                .signedBy(ROOT);
        signer(leaf, ROOT.certificate()).sign(world.repository, world.image.digest());

        Signatures found = verify(trust(policy("strict", "*", "*", "ca:example"), ROOT.certificate()));

        assertThat(SignedWorld.only(found).refusals()).isEmpty();
        assertThat(found.isSigned()).isTrue();
        assertThat(SignedWorld.only(found).form()).isEqualTo(SignatureForm.NOTATION);
        assertThat(SignedWorld.signer(found).orElseThrow()).contains("CN=release");
    }

    @Test
    void aChainMayHaveIntermediateCertificates() {
        TestCertificate middle =
                new TestCertificate.Maker("middle").authority(0).signedBy(ROOT);
        TestCertificate leaf = TestCertificate.leaf(middle);
        signer(leaf, middle.certificate(), ROOT.certificate()).sign(world.repository, world.image.digest());

        assertThat(verify(trust(policy("strict", "*", "*", "ca:example"), ROOT.certificate()))
                        .isSigned())
                .isTrue();
        assertThat(verify(trust(policy("strict", "*", "*", "ca:example"), middle.certificate()))
                        .isSigned())
                .isTrue();
    }

    @Test
    void aSelfSignedCertificateMayBeTrusted() {
        TestCertificate alone = new TestCertificate.Maker("alone").selfSigned();
        signer(alone).sign(world.repository, world.image.digest());

        assertThat(verify(trust(policy("strict", "*", "*", "ca:example"), alone.certificate()))
                        .isSigned())
                .isTrue();
        assertThat(verify(trust(policy("strict", "*", "*", "ca:example"), ROOT.certificate()))
                        .isSigned())
                .isFalse();
    }

    @Test
    void thePolicyOfTheRepositoryComesBeforeThatForAll() {
        signer(LEAF, ROOT.certificate()).sign(world.repository, world.image.digest());
        TestCertificate other = TestCertificate.root("other");
        String policies = """
                {"version":"1.0","trustPolicies":[
                {"name":"all","registryScopes":["*"],"signatureVerification":{"level":"strict"},
                 "trustStores":["ca:%s"],"trustedIdentities":["*"]},
                {"name":"app","registryScopes":["registry.example/team/app"],"signatureVerification":{"level":"strict"},
                 "trustStores":["ca:%s"],"trustedIdentities":["*"]}]}""";

        NotationTrust mine = NotationTrust.builder(policies.formatted("other", "example"))
                .certificates("ca:example", List.of(ROOT.certificate()))
                .certificates("ca:other", List.of(other.certificate()))
                .build();
        NotationTrust others = NotationTrust.builder(policies.formatted("example", "other"))
                .certificates("ca:example", List.of(ROOT.certificate()))
                .certificates("ca:other", List.of(other.certificate()))
                .build();

        assertThat(verify(mine).isSigned()).isTrue();
        assertThat(verify(others).isSigned()).isFalse();
        assertThat(verify(others).explanation()).contains("trust store of the policy 'app'");
    }

    @Test
    void withoutAPolicyNothingIsAccepted() {
        signer(LEAF, ROOT.certificate()).sign(world.repository, world.image.digest());

        Signatures found =
                verify(trust(policy("strict", "registry.example/team/other", "*", "ca:example"), ROOT.certificate()));

        assertThat(found.isSigned()).isFalse();
        assertThat(found.explanation()).contains("no trust policy is for registry.example/team/app");
        assertThat(world.verify(SignedWorld.verifier()).explanation()).contains("there are no trust policies");
    }

    @Test
    void aPolicyThatSkipsSaysSo() {
        signer(LEAF, ROOT.certificate()).sign(world.repository, world.image.digest());
        NotationTrust trust = NotationTrust.builder(
                        "{\"version\":\"1.0\",\"trustPolicies\":[{\"name\":\"none\",\"registryScopes\":[\"*\"],"
                                + "\"signatureVerification\":{\"level\":\"skip\"}}]}")
                .build();

        Signatures found = verify(trust);

        assertThat(found.isSigned()).isFalse();
        assertThat(found.skippedBy()).contains("none");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"C=US, ST=WA, O=Example", "CN=release,O=Example,ST=WA,C=US", "C=US, ST=WA, O=Example, CN=release"
            })
    void trustedIdentitiesAccept(String identity) {
        signer(LEAF, ROOT.certificate()).sign(world.repository, world.image.digest());

        assertThat(verify(trust(policy("strict", "*", "x509.subject: " + identity, "ca:example"), ROOT.certificate()))
                        .isSigned())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C=US, ST=WA, O=Other",
                "C=US, ST=WA, O=Example, CN=other",
                "C=US, ST=WA, O=Example, OU=missing",
                "C=US, ST=WA, O=example"
            })
    void otherIdentitiesAreRefused(String identity) {
        signer(LEAF, ROOT.certificate()).sign(world.repository, world.image.digest());

        Signatures found =
                verify(trust(policy("strict", "*", "x509.subject: " + identity, "ca:example"), ROOT.certificate()));

        assertThat(found.isSigned()).isFalse();
        assertThat(found.explanation()).contains("none of the trusted identities");
        assertThat(SignedWorld.signer(found)).isEmpty();
    }

    @Test
    void aSignatureExpires() {
        signer(LEAF, ROOT.certificate()).expiringAfter(Duration.ofDays(1)).sign(world.repository, world.image.digest());
        Instant after = NOW.plus(Duration.ofDays(1));

        assertThat(verify(trust(policy("strict", "*", "*", "ca:example"), ROOT.certificate()), after.minusSeconds(1))
                        .isSigned())
                .isTrue();
        assertThat(verify(trust(policy("strict", "*", "*", "ca:example"), ROOT.certificate()), after)
                        .explanation())
                .contains("it expired at " + after);
        Signatures permissive = verify(trust(policy("permissive", "*", "*", "ca:example"), ROOT.certificate()), after);
        assertThat(permissive.isSigned()).isTrue();
        assertThat(SignedWorld.only(permissive).warnings()).containsExactly("it expired at " + after);
    }

    @Test
    void anExpiredCertificateIsRefused() {
        signer(LEAF, ROOT.certificate()).sign(world.repository, world.image.digest());
        Instant after = TestCertificate.UNTIL.plusSeconds(1);
        NotationTrust strict = trust(policy("strict", "*", "*", "ca:example"), ROOT.certificate());

        assertThat(verify(strict, after).explanation()).contains("expired at " + TestCertificate.UNTIL);
        assertThat(verify(strict, TestCertificate.FROM.minusSeconds(1)).explanation())
                .contains("is not valid before");
        assertThat(verify(trust(policy("permissive", "*", "*", "ca:example"), ROOT.certificate()), after)
                        .isSigned())
                .isTrue();
    }

    @Test
    void aWithdrawnCertificateIsRefusedAtEveryLevel() {
        signer(LEAF, ROOT.certificate()).sign(world.repository, world.image.digest());
        NotationTrust trust = NotationTrust.builder(policy("audit", "*", "*", "ca:example"))
                .certificates("ca:example", List.of(ROOT.certificate()))
                .withdrawn(LEAF.certificate())
                .build();

        assertThat(verify(trust).explanation()).contains("was withdrawn");
    }

    @Test
    void revokedCertificatesAreRefused() {
        TestCertificate leaf = new TestCertificate.Maker("release").revocable().signedBy(ROOT);
        signer(leaf, ROOT.certificate()).sign(world.repository, world.image.digest());
        NotationTrust.Builder builder = NotationTrust.builder(policy("strict", "*", "*", "ca:example"))
                .certificates("ca:example", List.of(ROOT.certificate()));
        Instant later = NOW.plus(Duration.ofDays(7));

        assertThat(verify(builder.build()).explanation()).contains("it is not known whether");
        builder.revocationList(ROOT.revoking(NOW.minusSeconds(1), later, LEAF.certificate()));
        assertThat(verify(builder.build()).isSigned()).isTrue();
        assertThat(verify(builder.build(), later.plusSeconds(1)).explanation()).contains("it is not known whether");
        TestCertificate stranger =
                new TestCertificate.Maker("root").authority(-1).selfSigned();
        builder.revocationList(stranger.revoking(NOW.minusSeconds(1), later, leaf.certificate()));
        assertThat(verify(builder.build()).isSigned()).isTrue();
        builder.revocationList(ROOT.revoking(NOW.minusSeconds(1), later, leaf.certificate()));
        assertThat(verify(builder.build()).explanation()).contains("was revoked");
    }

    @Test
    void aPolicyThatNeedsTimestampsRefuses() {
        signer(LEAF, ROOT.certificate()).sign(world.repository, world.image.digest());
        String policy = policy("strict", "*", "*", "ca:example", "tsa:example");

        Signatures always = verify(NotationTrust.builder(policy)
                .certificates("ca:example", List.of(ROOT.certificate()))
                .certificates("tsa:example", List.of(ROOT.certificate()))
                .build());
        Signatures later = verify(NotationTrust.builder(
                        policy.replace("\"strict\"", "\"strict\",\"verifyTimestamp\":\"afterCertExpiry\""))
                .certificates("ca:example", List.of(ROOT.certificate()))
                .certificates("tsa:example", List.of(ROOT.certificate()))
                .build());

        assertThat(always.explanation()).contains("needs a timestamp, and timestamps are not verified here");
        assertThat(later.isSigned()).isTrue();
    }

    @Test
    void aDirectoryOfNotationIsRead(@TempDir Path directory) throws IOException {
        signer(LEAF, ROOT.certificate()).sign(world.repository, world.image.digest());
        Path store = Files.createDirectories(directory.resolve("truststore/x509/ca/example"));
        Files.writeString(directory.resolve("trustpolicy.oci.json"), policy("strict", "*", "*", "ca:example"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> NotationTrust.load(directory))
                .withMessageContaining("ca:example, which has no certificates");
        Files.writeString(store.resolve("root.pem"), ROOT.pem());
        assertThat(verify(NotationTrust.load(directory)).isSigned()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"version\":\"2.0\",\"trustPolicies\":[]}",
                "{\"version\":\"1.0\"}",
                "{\"version\":\"1.0\",\"trustPolicies\":[{}]}"
            })
    void otherDocumentsAreNoPolicies(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NotationTrust.builder(text).build());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"level\":\"strict\"->\"level\":\"lenient\"",
                "\"*\"->\"registry.example/*\"",
                "\"*\"->\"registry.example/app:v1\"",
                "\"registryScopes\":[\"*\"]->\"registryScopes\":[\"*\",\"registry.example/app\"]",
                "\"registryScopes\":[\"*\"]->\"registryScopes\":[]",
                "\"trustStores\":[\"ca:example\"]->\"trustStores\":[]",
                "\"ca:example\"->\"example\"",
                "\"ca:example\"->\"ca:missing\"",
                "\"trustedIdentities\":[\"*\"]->\"trustedIdentities\":[]",
                "\"trustedIdentities\":[\"*\"]->\"trustedIdentities\":[\"*\",\"x509.subject: C=US, ST=WA, O=E\"]",
                "\"trustedIdentities\":[\"*\"]->\"trustedIdentities\":[\"C=US, ST=WA, O=E\"]",
                "\"trustedIdentities\":[\"*\"]->\"trustedIdentities\":[\"x509.subject: C=US, O=E\"]",
                "\"trustedIdentities\":[\"*\"]->\"trustedIdentities\":[\"x509.subject: C=US, ST=WA, O=E, O=F\"]",
                "\"level\":\"strict\"->\"level\":\"strict\",\"override\":{\"integrity\":\"log\"}",
                "\"level\":\"strict\"->\"level\":\"strict\",\"override\":{\"authenticity\":\"skip\"}",
                "\"level\":\"strict\"->\"level\":\"strict\",\"override\":{\"expiry\":\"never\"}",
                "\"level\":\"strict\"->\"level\":\"strict\",\"verifyTimestamp\":\"sometimes\"",
                "\"level\":\"strict\"->\"level\":\"skip\""
            })
    void policiesThatAreNotValidAreRefused(String change) {
        String[] sides = change.split("->");
        String changed = policy("strict", "*", "*", "ca:example").replace(sides[0], sides[1]);

        assertThat(changed).contains(sides[1]);
        assertThatIllegalArgumentException().isThrownBy(() -> trust(changed, ROOT.certificate()));
    }

    @Test
    void checksCanBeOverridden() {
        signer(LEAF, ROOT.certificate())
                .expiringAfter(Duration.ofSeconds(1))
                .sign(world.repository, world.image.digest());
        String policy = policy("strict", "*", "*", "ca:example")
                .replace("\"strict\"", "\"strict\",\"override\":{\"expiry\":\"skip\"}");

        Signatures found = verify(trust(policy, ROOT.certificate()), NOW.plusSeconds(10));

        assertThat(found.isSigned()).isTrue();
        assertThat(SignedWorld.only(found).warnings()).isEmpty();
    }
}
