package dev.berth.registry.scan.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.berth.registry.Descriptor;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures of Notation that are not by the specification are refused with their reason. */
class RefusedNotationTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final TestCertificate ROOT = TestCertificate.root("root");
    private static final TestCertificate LEAF = TestCertificate.leaf(ROOT);
    private static final TestCertificate RSA = new TestCertificate.Maker("rsa")
            .keys(TestCertificate.newKeys("2048"))
            .signedBy(ROOT);

    private final SignedWorld world = new SignedWorld();

    private Signatures verify(byte[] envelope) {
        return verify(envelope, "strict", ROOT);
    }

    private Signatures verify(byte[] envelope, String level, TestCertificate trusted) {
        world.putReferrer(SignatureTypes.NOTATION, SignatureTypes.JWS, envelope, Map.of());
        return world.verify(SignatureVerifier.builder()
                .notation(NotationTrust.builder(NotationSignatureTest.policy(level, "*", "*", "ca:example"))
                        .certificates("ca:example", List.of(trusted.certificate()))
                        .build())
                .time(() -> NOW)
                .build());
    }

    /** Even a policy that only logs refuses what is not intact. */
    private void assertRefused(byte[] envelope, String reason) {
        Signatures found = verify(envelope, "audit", ROOT);

        assertThat(found.isSigned()).isFalse();
        assertThat(SignedWorld.only(found).refusals())
                .singleElement()
                .asString()
                .contains(reason);
    }

    private Envelope envelope() {
        return new Envelope(world.image, LEAF, ROOT);
    }

    @Test
    void whatIsRightIsAccepted() {
        assertThat(verify(envelope().bytes()).isSigned()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "HS256", "RS256", "PS256", "ES384", "EdDSA", ""})
    void theHeaderDoesNotChooseTheAlgorithm(String algorithm) {
        assertThat(verify(envelope().header("alg", algorithm).bytes()).isSigned())
                .isFalse();
    }

    @Test
    void anEmptySignatureIsRefused() {
        byte[] none =
                envelope().header("alg", "none").signing(message -> new byte[0]).bytes();

        assertRefused(none, "malformed: signature must not be empty");
    }

    @Test
    void aSignatureOfZerosIsRefused() {
        assertRefused(envelope().signing(message -> new byte[64]).bytes(), "its signature is not by ES256");
    }

    /** CVE-2015-9235: the public key as the secret of a MAC. */
    @Test
    void aMacByThePublicKeyIsRefused() {
        byte[] confused = envelope()
                .header("alg", "HS256")
                .signing(message -> {
                    Mac mac = Mac.getInstance("HmacSHA256");
                    mac.init(new SecretKeySpec(LEAF.keys().getPublic().getEncoded(), "HmacSHA256"));
                    return mac.doFinal(message);
                })
                .bytes();

        assertRefused(confused, "its signature is not by ES256");
    }

    @Test
    void aSignatureByPkcs1IsNotOneByPss() {
        byte[] pkcs1 = new Envelope(world.image, RSA, ROOT)
                .signing(message -> {
                    Signature signature = Signature.getInstance("SHA256withRSA");
                    signature.initSign(RSA.keys().getPrivate());
                    signature.update(message);
                    return signature.sign();
                })
                .bytes();

        assertRefused(pkcs1, "its signature is not by PS256");
    }

    @Test
    void aSignatureByPssIsAccepted() {
        assertThat(verify(new Envelope(world.image, RSA, ROOT).bytes()).isSigned())
                .isTrue();
    }

    @Test
    void aSignatureWithAnotherHashThanThatOfTheKeyIsRefused() {
        byte[] sha512 = new Envelope(world.image, RSA, ROOT)
                .header("alg", "PS512")
                .signing(message ->
                        SignatureAlgorithm.RSA_PSS_SHA512.sign(RSA.keys().getPrivate(), message))
                .bytes();

        assertRefused(sha512, "its signature is not by PS256");
    }

    @Test
    void aSignatureOfAnotherKeyIsRefused() {
        TestCertificate other = TestCertificate.leaf(ROOT);
        byte[] stolen = envelope()
                .signing(message ->
                        SignatureAlgorithm.ECDSA_SHA256.signPlain(other.keys().getPrivate(), message))
                .bytes();

        assertRefused(stolen, "its signature is not by ES256");
    }

    @Test
    void aChangeIsRefused() throws GeneralSecurityException {
        byte[] right = envelope().bytes();
        Descriptor other = SignedWorld.pushImage(world.repository, "arm64");
        String otherPayload = new String(new Envelope(other, LEAF, ROOT).bytes(), StandardCharsets.UTF_8)
                .replaceAll(".*\"payload\":\"([^\"]*)\".*", "$1");
        byte[] changed = new String(right, StandardCharsets.UTF_8)
                .replaceAll("\"payload\":\"[^\"]*\"", "\"payload\":\"" + otherPayload + "\"")
                .getBytes(StandardCharsets.UTF_8);

        assertThat(Arrays.equals(right, changed)).isFalse();
        assertRefused(changed, "its signature is not by ES256");
    }

    @Test
    void anotherDigestIsRefused() {
        Descriptor other = SignedWorld.pushImage(world.repository, "arm64");

        assertRefused(new Envelope(other, LEAF, ROOT).bytes(), "it is for another digest, " + other.digest());
    }

    @Test
    void anotherSizeOrMediaTypeIsRefused() {
        Descriptor image = world.image;

        verify(new Envelope(image.withMediaType("text/plain"), LEAF, ROOT).bytes());
        Signatures found =
                verify(new Envelope(Descriptor.of(image.mediaType(), image.digest(), 1), LEAF, ROOT).bytes());

        assertThat(found.refused())
                .hasSize(2)
                .allSatisfy(refused -> assertThat(refused.refusals())
                        .singleElement()
                        .asString()
                        .contains("another media type or size"));
    }

    @Test
    void anotherTypeOfPayloadIsRefused() {
        assertRefused(envelope().header("cty", "text/plain").bytes(), "its payload is of the type text/plain");
    }

    static Stream<Arguments> headers() {
        String scheme = NotationEnvelope.SCHEME;
        String expiry = NotationEnvelope.EXPIRY;
        String authority = "notary.x509.signingAuthority";
        String authentic = "io.cncf.notary.authenticSigningTime";
        return Stream.of(
                change("must be critical", envelope -> envelope.without("crit")),
                change("must be critical", envelope -> envelope.critical()),
                change(
                        "not known here",
                        envelope -> envelope.critical(scheme, "x.unknown").header("x.unknown", "1")),
                change("not known here", envelope -> envelope.critical(scheme, scheme)),
                change("not known here", envelope -> envelope.critical(scheme, expiry)),
                change("must be critical", envelope -> envelope.header(expiry, "2040-01-01T00:00:00Z")),
                change(
                        "expires before",
                        envelope -> envelope.critical(scheme, expiry).header(expiry, "2001-01-01T00:00:00Z")),
                change(
                        "is no time",
                        envelope -> envelope.critical(scheme, expiry).header(expiry, "tomorrow")),
                change("scheme", envelope -> envelope.header(scheme, "notary.x509.other")),
                change("is missing", envelope -> envelope.without(scheme)),
                change("when it was signed", envelope -> envelope.without(NotationEnvelope.SIGNING_TIME)),
                change("another scheme", envelope -> envelope.header(authentic, "2029-01-01T00:00:00Z")),
                change("another scheme", envelope -> envelope.header(scheme, authority)),
                change(
                        "must be critical",
                        envelope -> envelope.header(scheme, authority)
                                .without(NotationEnvelope.SIGNING_TIME)
                                .header(authentic, "2029-01-01T00:00:00Z")),
                change("plugin", envelope -> envelope.header("io.cncf.notary.verificationPlugin", "x")),
                change("is missing", envelope -> envelope.without("alg")),
                change("is missing", envelope -> envelope.without("cty")));
    }

    private static Arguments change(String reason, UnaryOperator<Envelope> change) {
        return Arguments.of(reason, change);
    }

    @ParameterizedTest
    @MethodSource("headers")
    void headersThatAreNotByTheSpecificationAreRefused(String reason, UnaryOperator<Envelope> change) {
        assertRefused(change.apply(envelope()).bytes(), reason);
    }

    @Test
    void aSigningAuthorityNeedsAStoreOfItsOwn() {
        byte[] signed = envelope()
                .header(NotationEnvelope.SCHEME, "notary.x509.signingAuthority")
                .without(NotationEnvelope.SIGNING_TIME)
                .header("io.cncf.notary.authenticSigningTime", "2029-01-01T00:00:00Z")
                .critical(NotationEnvelope.SCHEME, "io.cncf.notary.authenticSigningTime")
                .bytes();

        assertThat(verify(signed).explanation()).contains("none of its certificates is in a trust store");
        Signatures trusted = world.verify(SignatureVerifier.builder()
                .notation(NotationTrust.builder(
                                NotationSignatureTest.policy("strict", "*", "*", "signingAuthority:example"))
                        .certificates("signingAuthority:example", List.of(ROOT.certificate()))
                        .build())
                // Long after the certificates: the authority vouches for the time.
                .time(() -> TestCertificate.UNTIL.plusSeconds(1))
                .build());
        assertThat(trusted.isSigned()).isTrue();
    }

    static Stream<Arguments> chains() {
        TestCertificate stranger = TestCertificate.root("root");
        TestCertificate middle =
                new TestCertificate.Maker("middle").authority(0).signedBy(ROOT);
        TestCertificate second =
                new TestCertificate.Maker("second").authority(-1).signedBy(middle);
        TestCertificate noAuthority = TestCertificate.leaf(ROOT);
        TestCertificate mayNotSign =
                new TestCertificate.Maker("m").authority(-1).usage(0).signedBy(ROOT);
        return Stream.of(
                chain("is not issued by the next one", LEAF, stranger),
                chain("is the last one, and not self-signed", LEAF),
                chain("is self-signed, and not the last one", ROOT, ROOT),
                chain("is one of an authority", ROOT),
                chain("is the last one, and not self-signed", TestCertificate.leaf(middle), middle),
                chain("is no authority for so many", TestCertificate.leaf(second), second, middle, ROOT),
                chain("is no authority for so many", TestCertificate.leaf(noAuthority), noAuthority, ROOT),
                chain("may not sign certificates", TestCertificate.leaf(mayNotSign), mayNotSign, ROOT),
                leaf("needs a critical extension", new TestCertificate.Maker("l").withoutUsage()),
                leaf("needs a critical extension", new TestCertificate.Maker("l").usageNotCritical()),
                leaf("is not for signatures only", new TestCertificate.Maker("l").usage(2)),
                leaf("is not for signatures only", new TestCertificate.Maker("l").usage(0, 5)),
                leaf("is for another purpose", new TestCertificate.Maker("l").purpose("1.3.6.1.5.5.7.3.1")),
                leaf("is for another purpose", new TestCertificate.Maker("l").purpose("1.3.6.1.5.5.7.3.8")),
                leaf(
                        "critical extension that is not known",
                        new TestCertificate.Maker("l").extension("1.2.3.4", true, new byte[] {5, 0})));
    }

    private static Arguments chain(String reason, TestCertificate... chain) {
        return Arguments.of(reason, List.of(chain));
    }

    private static Arguments leaf(String reason, TestCertificate.Maker leaf) {
        return chain(reason, leaf.signedBy(ROOT), ROOT);
    }

    @ParameterizedTest
    @MethodSource("chains")
    void certificatesThatAreNotByTheSpecificationAreRefused(String reason, List<TestCertificate> chain) {
        List<X509Certificate> certificates =
                chain.stream().map(TestCertificate::certificate).toList();
        SigningKey key = chain.get(0).signingKey();

        assertRefused(new Envelope(world.image, chain.toArray(TestCertificate[]::new)).bytes(), reason);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NotationSigner.of(key, certificates))
                .withMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1024", "2050"})
    void aKeyWithoutAnAlgorithmIsRefused(String kind) {
        TestCertificate leaf = new TestCertificate.Maker("l")
                .keys(TestCertificate.newKeys(kind))
                .signedBy(ROOT);

        assertRefused(new Envelope(world.image, leaf, ROOT).bytes(), "a key of another kind");
    }

    @Test
    void forACodeSignerItsPurposeIsRight() {
        TestCertificate leaf =
                new TestCertificate.Maker("l").purpose("1.3.6.1.5.5.7.3.3").signedBy(ROOT);

        assertThat(verify(new Envelope(world.image, leaf, ROOT).bytes()).isSigned())
                .isTrue();
    }

    @Test
    void theCertificatesMustBeTrusted() {
        TestCertificate stranger = TestCertificate.root("root");
        byte[] strange = new Envelope(world.image, TestCertificate.leaf(stranger), stranger).bytes();

        Signatures strict = verify(strange);

        assertThat(strict.explanation()).contains("none of its certificates is in a trust store");
        assertThat(SignedWorld.signer(strict)).isEmpty();
    }

    @Test
    void manyCertificatesAreRefused() {
        TestCertificate[] chain = new TestCertificate[11];
        Arrays.fill(chain, ROOT);
        chain[0] = LEAF;

        assertRefused(new Envelope(world.image, chain).bytes(), "it has 11 certificates, and may have 1 to 10");
    }

    @Test
    void signersNeedTheirOwnCertificate() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> NotationSigner.of(SigningKey.generate(), List.of(LEAF.certificate(), ROOT.certificate())))
                .withMessageContaining("must be that of the key");
        assertThat(NotationSigner.of(LEAF.signingKey(), List.of(LEAF.certificate(), ROOT.certificate())))
                .hasToString("NotationSigner[CN=release,O=Example,ST=WA,C=US, ES256]");
    }
}
