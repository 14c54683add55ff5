package dev.berth.registry.scan.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.PutOptions;
import dev.berth.registry.Repository;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A signature is for one manifest, in every form, wherever it is put. */
class SignatureOfAnotherManifestTest {
    private static final SigningKey KEY = SigningKey.generate();
    private static final TestCertificate ROOT = TestCertificate.root("root");
    private static final TestCertificate LEAF = TestCertificate.leaf(ROOT);
    private static final String POLICIES = """
            {"version":"1.0","trustPolicies":[{"name":"images","registryScopes":["*"],\
            "signatureVerification":{"level":"strict"},"trustStores":["ca:example"],"trustedIdentities":["*"]}]}""";

    private final SignedWorld world = new SignedWorld();
    private final Repository repository = world.repository;
    private final SignatureVerifier verifier = SignatureVerifier.builder()
            .keys(TrustedKeys.of(SignedWorld.trusted("release", KEY)))
            .notation(NotationTrust.builder(POLICIES)
                    .certificates("ca:example", List.of(ROOT.certificate()))
                    .build())
            .build();

    private void sign(SignatureForm form, Digest image) {
        if (form == SignatureForm.NOTATION) {
            NotationSigner.of(LEAF.signingKey(), List.of(LEAF.certificate(), ROOT.certificate()))
                    .sign(repository, image);
        } else {
            CosignSigner.of(KEY).in(form).sign(repository, image, SignedWorld.NAME);
        }
    }

    private boolean isSigned(Digest image) {
        return verifier.verify(repository, image).isSigned();
    }

    @ParameterizedTest
    @EnumSource(names = {"COSIGN_TAG", "COSIGN_REFERRER", "BUNDLE", "NOTATION"})
    void theSignatureOfAChildIsNotThatOfItsIndex(SignatureForm form) {
        Descriptor index = world.pushIndex("all", world.image);

        sign(form, world.image.digest());

        assertThat(isSigned(world.image.digest())).isTrue();
        assertThat(isSigned(index.digest())).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"COSIGN_TAG", "COSIGN_REFERRER", "BUNDLE", "NOTATION"})
    void theSignatureOfAnIndexIsNotThatOfItsChild(SignatureForm form) {
        Descriptor index = world.pushIndex("all", world.image);

        sign(form, index.digest());

        assertThat(isSigned(index.digest())).isTrue();
        assertThat(isSigned(world.image.digest())).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"COSIGN_TAG", "COSIGN_REFERRER", "BUNDLE", "NOTATION"})
    void aSignatureThatIsPutBesideAnotherImageIsRefused(SignatureForm form) {
        Descriptor other = SignedWorld.pushImage(repository, "arm64", "v2");
        sign(form, world.image.digest());
        if (form == SignatureForm.COSIGN_TAG) {
            Digest signature = repository
                    .tags()
                    .resolve(SignatureSearch.tag(world.image.digest(), ".sig").orElseThrow())
                    .orElseThrow()
                    .digest();
            repository.tags().put(SignatureSearch.tag(other.digest(), ".sig").orElseThrow(), signature);
        } else {
            Descriptor signature = repository
                    .manifests()
                    .referrers(world.image.digest())
                    .toList()
                    .get(0);
            ImageManifest copied = (ImageManifest)
                    ManifestDocument.parse(repository.manifests().get(signature.digest()));
            repository.manifests().put(copied.withSubject(other).toManifest(), PutOptions.untagged());
        }

        Signatures found = verifier.verify(repository, other.digest());

        assertThat(SignedWorld.only(found).refusals())
                .singleElement()
                .asString()
                .contains(form == SignatureForm.BUNDLE ? "digest" : "it is for another digest");
        assertThat(isSigned(world.image.digest())).isTrue();
    }
}
