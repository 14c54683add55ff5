package dev.berth.registry.scan.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The library of the Notary Project accepts what is signed here, and the other way round. */
class NotationCoreTest {
    private static final TestCertificate ROOT = TestCertificate.root("root");
    private static final TestCertificate MIDDLE =
            new TestCertificate.Maker("middle").authority(0).signedBy(ROOT);

    @TempDir
    static Path directory;

    private static NotationCore core;

    private final SignedWorld world = new SignedWorld();

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        core = NotationCore.build(directory);
    }

    private static TestCertificate leaf(String kind) {
        return new TestCertificate.Maker("release")
                .keys(TestCertificate.newKeys(kind))
                .purpose("1.3.6.1.5.5.7.3.3")
                .signedBy(MIDDLE);
    }

    private static List<X509Certificate> chain(TestCertificate leaf) {
        return List.of(leaf.certificate(), MIDDLE.certificate(), ROOT.certificate());
    }

    private Signatures verify(byte[] envelope) {
        world.putReferrer(SignatureTypes.NOTATION, SignatureTypes.JWS, envelope, Map.of());
        return world.verify(SignatureVerifier.builder()
                .notation(NotationTrust.builder(NotationSignatureTest.policy("strict", "*", "*", "ca:example"))
                        .certificates("ca:example", List.of(ROOT.certificate()))
                        .build())
                .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1", "2048", "3072", "4096"})
    void itsSignaturesAreAccepted(String kind) throws IOException, InterruptedException {
        TestCertificate leaf = leaf(kind);
        String payload = "{\"targetArtifact\":{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}}"
                .formatted(world.image.mediaType(), world.image.digest(), world.image.size());

        Signatures found = verify(core.sign(leaf, leaf.pem() + MIDDLE.pem() + ROOT.pem(), payload));

        assertThat(SignedWorld.only(found).refusals()).isEmpty();
        assertThat(found.isSigned()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1", "2048", "3072", "4096"})
    void itAcceptsOurSignatures(String kind) throws IOException, InterruptedException {
        TestCertificate leaf = leaf(kind);
        byte[] envelope = NotationSigner.of(leaf.signingKey(), chain(leaf))
                .expiringAfter(Duration.ofDays(1))
                .envelope(world.image);

        assertThat(core.verify(envelope, ROOT))
                .contains(NotationEnvelope.PAYLOAD_TYPE, world.image.digest().toString());
        assertThat(core.refuses(envelope, TestCertificate.root("root"))).contains("not produced by a trusted signer");
    }

    /** Both agree on what is wrong, so that neither is stricter than it must be, or less strict. */
    @Test
    void bothRefuseTheSame() throws IOException, InterruptedException {
        TestCertificate leaf = leaf("secp256r1");
        for (Envelope wrong : List.of(
                envelope(leaf).without("crit"),
                envelope(leaf).header("alg", "none"),
                envelope(leaf).header("alg", "ES384"),
                envelope(leaf).signing(message -> new byte[64]),
                envelope(leaf).header(NotationEnvelope.SCHEME, "other"),
                envelope(leaf).critical(NotationEnvelope.SCHEME, "unknown"),
                envelope(leaf).header(NotationEnvelope.EXPIRY, "2040-01-01T00:00:00Z"),
                envelope(leaf).without(NotationEnvelope.SIGNING_TIME),
                new Envelope(world.image, leaf, MIDDLE),
                new Envelope(world.image, leaf, ROOT),
                new Envelope(
                        world.image,
                        new TestCertificate.Maker("l").withoutUsage().signedBy(ROOT),
                        ROOT),
                new Envelope(
                        world.image, new TestCertificate.Maker("l").usage(0, 5).signedBy(ROOT), ROOT),
                new Envelope(
                        world.image,
                        new TestCertificate.Maker("l")
                                .purpose("1.3.6.1.5.5.7.3.1")
                                .signedBy(ROOT),
                        ROOT))) {
            byte[] envelope = wrong.bytes();

            assertThat(core.refuses(envelope, ROOT)).isNotBlank();
            assertThat(verify(envelope).isSigned()).isFalse();
        }
        assertThat(core.verify(envelope(leaf).bytes(), ROOT)).isNotBlank();
        assertThat(verify(envelope(leaf).bytes()).isSigned()).isTrue();
    }

    private Envelope envelope(TestCertificate leaf) {
        return new Envelope(world.image, leaf, MIDDLE, ROOT);
    }
}
