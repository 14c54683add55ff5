package dev.berth.registry.scan.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a key did not sign, or not for this image, or not any more, is refused with its reason. */
class RefusedSignatureTest {
    private static final SigningKey KEY = SigningKey.generate();
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private final SignedWorld world = new SignedWorld();

    private void sign(SignatureForm form, Digest image, String name) {
        CosignSigner.of(KEY).in(form).sign(world.repository, image, name);
    }

    private static SignatureVerifier.Builder trusting(TrustedKey key) {
        return SignatureVerifier.builder().keys(TrustedKeys.of(key)).time(() -> NOW);
    }

    private void assertRefused(SignatureVerifier verifier, String... reasons) {
        Signatures found = world.verify(verifier);

        assertThat(found.isSigned()).isFalse();
        assertThat(SignedWorld.only(found).refusals())
                .singleElement()
                .asString()
                .contains(reasons);
        assertThat(SignedWorld.signer(found)).isEmpty();
        assertThat(found.explanation()).contains(reasons);
    }

    private void putSimple(byte[] payload, byte[] signature) {
        world.putTag(
                ".sig",
                SignatureTypes.SIMPLE_SIGNING,
                payload,
                Map.of(SignatureTypes.SIGNATURE_ANNOTATION, Base64.getEncoder().encodeToString(signature)));
    }

    private byte[] payload() {
        return SimpleSigning.write(world.image.digest(), SignedWorld.NAME, Map.of());
    }

    @ParameterizedTest
    @EnumSource(names = {"COSIGN_TAG", "COSIGN_REFERRER", "BUNDLE"})
    void anotherKeyIsRefused(SignatureForm form) {
        sign(form, world.image.digest(), SignedWorld.NAME);

        assertRefused(SignedWorld.verifier(SigningKey.generate()), "none of the 1 trusted keys signed it");
        assertRefused(SignatureVerifier.builder().build(), "no key is trusted");
    }

    @ParameterizedTest
    @EnumSource(names = {"COSIGN_TAG", "COSIGN_REFERRER", "BUNDLE"})
    void aKeyThatExpiredOrWasWithdrawnIsRefused(SignatureForm form) {
        sign(form, world.image.digest(), SignedWorld.NAME);
        TrustedKey key = SignedWorld.trusted("release", KEY);

        assertRefused(trusting(key.validUntil(NOW)).build(), "the key release", "expired at " + NOW);
        assertRefused(trusting(key.validFrom(NOW.plusSeconds(1))).build(), "the key release", "not valid before");
        assertRefused(trusting(key.withdrawn()).build(), "the key release", "withdrawn");
        assertThat(world.verify(trusting(key.validFrom(NOW).validUntil(NOW.plusSeconds(1)))
                                .build())
                        .isSigned())
                .isTrue();
    }

    @Test
    void aKeyIsValidFromBeforeItsEnd() {
        TrustedKey key = SignedWorld.trusted("release", KEY);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> key.validFrom(NOW).validUntil(NOW.minus(Duration.ofDays(1))));
    }

    @Test
    void anotherDigestIsRefused() {
        byte[] payload = SimpleSigning.write(Digest.sha256(new byte[1]), SignedWorld.NAME, Map.of());
        putSimple(payload, KEY.sign(payload));

        assertRefused(
                SignedWorld.verifier(KEY),
                "another digest",
                Digest.sha256(new byte[1]).toString());
    }

    @Test
    void aStatementOfAnotherDigestIsRefused() {
        SignedWorld other = new SignedWorld();
        Descriptor otherImage = SignedWorld.pushImage(other.repository, "arm64", "v2");
        byte[] statement =
                Statement.write(otherImage.digest(), "", Map.of(), SignatureTypes.SIGN_PREDICATE, NullNode.instance);
        byte[] bundle =
                SigstoreBundle.write(DsseEnvelope.sign(SignatureTypes.IN_TOTO, statement, KEY), KEY.publicKey());
        world.putReferrer(SignatureTypes.BUNDLE, SignatureTypes.BUNDLE, bundle, Map.of());

        assertRefused(SignedWorld.verifier(KEY), "another digest");
    }

    @ParameterizedTest
    @EnumSource(names = {"COSIGN_TAG", "COSIGN_REFERRER"})
    void aPayloadForAnotherRepositoryIsRefused(SignatureForm form) {
        sign(form, world.image.digest(), "registry.example/team/other");
        TrustedKey key = SignedWorld.trusted("release", KEY);

        assertRefused(trusting(key).build(), "it is for registry.example/team/other, not for team/app");
        assertRefused(trusting(key).name(SignedName.exactly(SignedWorld.NAME)).build(), "not for " + SignedWorld.NAME);
        assertThat(world.verify(trusting(key).name(SignedName.any()).build()).isSigned())
                .isTrue();
        assertThat(world.verify(trusting(key)
                                .name(SignedName.exactly(SignedWorld.NAME, "registry.example/team/other"))
                                .build())
                        .isSigned())
                .isTrue();
    }

    @Test
    void theSameRepositoryInAnotherRegistryIsAnotherNameIfTheExactOneIsDemanded() {
        sign(SignatureForm.COSIGN_TAG, world.image.digest(), "elsewhere.example/team/app");
        TrustedKey key = SignedWorld.trusted("release", KEY);

        assertThat(world.verify(trusting(key).build()).isSigned()).isTrue();
        assertRefused(trusting(key).name(SignedName.exactly(SignedWorld.NAME)).build(), "elsewhere.example/team/app");
    }

    @ParameterizedTest
    @CsvSource({
        "registry.example/team/app, registry.example/team/app, true",
        "docker.io/library/debian, index.docker.io/library/debian, true",
        "library/debian, debian, true",
        "library/debian, docker.io/library/debian:12, true",
        "team/app, registry.example/other/team/app, false",
        "other/team/app, team/app, false",
        "team/app, team/app@sha256:1, false",
        "team/app, '../team/app', false",
        "team/app, Team/App, false"
    })
    void theNameOfARepositoryMayHaveItsRegistryInFront(String repository, String claimed, boolean accepted) {
        RepositoryName name = RepositoryName.parse(repository);

        if (accepted) {
            SignedName.sameRepository().require(Optional.of(claimed), name);
        } else {
            assertThatThrownBy(() -> SignedName.sameRepository().require(Optional.of(claimed), name))
                    .isInstanceOf(RefusedException.class);
        }
    }

    @Test
    void aBundleWithoutANameIsRefusedWhereANameIsDemanded() {
        sign(SignatureForm.BUNDLE, world.image.digest(), SignedWorld.NAME);

        assertRefused(
                trusting(SignedWorld.trusted("release", KEY))
                        .name(SignedName.exactly(SignedWorld.NAME))
                        .build(),
                "does not say which repository");
    }

    @Test
    void anAttestationForAnotherRepositoryIsRefused() {
        CosignSigner.of(KEY)
                .attest(
                        world.repository,
                        world.image.digest(),
                        "registry.example/team/other",
                        "https://example.com",
                        "1");

        Signatures found = world.verify(SignedWorld.verifier(KEY));

        assertThat(found.attestations()).isEmpty();
        assertThat(SignedWorld.only(found).refusals().toString()).contains("registry.example/team/other");
        assertThat(SignedWorld.only(found).statement()).isEmpty();
    }

    /** The public key is public: a MAC by it is no signature. */
    @Test
    void aMacByThePublicKeyIsRefused() throws GeneralSecurityException {
        for (byte[] secret :
                List.of(KEY.publicKey().getEncoded(), KEY.publicPem().getBytes(StandardCharsets.US_ASCII))) {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            putSimple(payload(), mac.doFinal(payload()));

            assertRefused(SignedWorld.verifier(KEY), "none of the 1 trusted keys signed it");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "30060201000201",
                "3006020100020100",
                "3006020101020100",
                "300602010102010100",
                "308100",
                "30800000",
                "3081",
                "30060281000200ff",
                "3006027f0100020101"
            })
    void signaturesThatAreNoneAreRefused(String hex) {
        putSimple(payload(), HexFormat.of().parseHex(hex + (hex.length() % 2 == 0 ? "" : "0")));

        assertThat(world.verify(SignedWorld.verifier(KEY)).isSigned()).isFalse();
    }

    @Test
    void aSignatureByAnotherAlgorithmOfTheSameKeyIsRefused() throws GeneralSecurityException {
        KeyPair rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        SigningKey pkcs1 = SigningKey.of(rsa.getPrivate());
        SigningKey pss = pkcs1.signingBy(SignatureAlgorithm.RSA_PSS_SHA256);
        TrustedKey trusted = TrustedKey.of("release", rsa.getPublic());

        putSimple(payload(), pss.sign(payload()));
        assertRefused(trusting(trusted).build(), "none of the 1 trusted keys signed it");
        assertThat(world.verify(trusting(trusted.signingBy(SignatureAlgorithm.RSA_PSS_SHA256))
                                .build())
                        .isSigned())
                .isTrue();

        putSimple(payload(), pkcs1.sign(payload()));
        assertRefused(
                trusting(trusted.signingBy(SignatureAlgorithm.RSA_PSS_SHA256)).build(), "none of the 1");
        assertThat(world.verify(trusting(trusted).build()).isSigned()).isTrue();

        Signature sha1 = Signature.getInstance("SHA1withRSA");
        sha1.initSign(rsa.getPrivate());
        sha1.update(payload());
        putSimple(payload(), sha1.sign());
        assertRefused(trusting(trusted).build(), "none of the 1");
    }

    @Test
    void aKeyOfAnotherKindIsRefused() throws GeneralSecurityException {
        List<SigningKey> kinds = List.of(
                KEY,
                SigningKey.of(
                        KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate()),
                SigningKey.of(KeyPairGenerator.getInstance("Ed25519")
                        .generateKeyPair()
                        .getPrivate()));
        for (SigningKey signer : kinds) {
            putSimple(payload(), signer.sign(payload()));
            for (SigningKey trusted : kinds) {
                assertThat(world.verify(SignedWorld.verifier(trusted)).isSigned())
                        .isEqualTo(signer.equals(trusted));
            }
        }
    }

    @Test
    void aKeyHasAnAlgorithmOfItsKindOnly() throws GeneralSecurityException {
        TrustedKey key = SignedWorld.trusted("release", KEY);
        KeyPairGenerator small = KeyPairGenerator.getInstance("RSA");
        small.initialize(1024);

        assertThatIllegalArgumentException().isThrownBy(() -> key.signingBy(SignatureAlgorithm.RSA_PKCS1_SHA256));
        assertThatIllegalArgumentException().isThrownBy(() -> key.signingBy(SignatureAlgorithm.ED25519));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrustedKey.of("small", small.generateKeyPair().getPublic()))
                .withMessageContaining("1024 bits");
    }

    /** What is signed as one kind of document must not count as another. */
    @Test
    void aPayloadOfAnotherTypeIsRefused() {
        byte[] payload = new String(payload(), StandardCharsets.UTF_8)
                .replace("cosign container image signature", "something else")
                .getBytes(StandardCharsets.UTF_8);
        putSimple(payload, KEY.sign(payload));
        assertRefused(SignedWorld.verifier(KEY), "not of an image");

        byte[] statement =
                Statement.write(world.image.digest(), "", Map.of(), SignatureTypes.SIGN_PREDICATE, NullNode.instance);
        SignedWorld another = new SignedWorld();
        another.putReferrer(
                SignatureTypes.BUNDLE,
                SignatureTypes.BUNDLE,
                SigstoreBundle.write(DsseEnvelope.sign("text/plain", statement, KEY), KEY.publicKey()),
                Map.of());
        assertThat(SignedWorld.only(another.verify(SignedWorld.verifier(KEY))).refusals())
                .containsExactly("its payload is of the type text/plain");
    }

    /** cosign's signature is of the bytes of the payload alone; that of an envelope is of its type as well. */
    @Test
    void theSignatureOfAStatementAloneIsNotThatOfItsEnvelope() {
        byte[] statement =
                Statement.write(world.image.digest(), "", Map.of(), SignatureTypes.SIGN_PREDICATE, NullNode.instance);
        DsseEnvelope envelope = new DsseEnvelope(SignatureTypes.IN_TOTO, statement, List.of(KEY.sign(statement)));
        world.putReferrer(
                SignatureTypes.BUNDLE,
                SignatureTypes.BUNDLE,
                SigstoreBundle.write(envelope, KEY.publicKey()),
                Map.of());

        assertRefused(SignedWorld.verifier(KEY), "none of the 1 trusted keys signed it");
    }

    @Test
    void aChangedPayloadIsRefused() {
        byte[] signature = KEY.sign(payload());
        byte[] changed = (new String(payload(), StandardCharsets.UTF_8) + " ").getBytes(StandardCharsets.UTF_8);
        putSimple(changed, signature);

        assertRefused(SignedWorld.verifier(KEY), "none of the 1 trusted keys signed it");
    }
}
