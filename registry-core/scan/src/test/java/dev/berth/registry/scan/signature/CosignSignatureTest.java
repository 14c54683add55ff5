package dev.berth.registry.scan.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Listing;
import dev.berth.registry.Manifests;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.ReferrerFilter;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.compose.ForwardingManifests;
import dev.berth.registry.compose.ForwardingRepository;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.layout.OciLayoutRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is signed with a key is accepted with this key, in every form and every registry. */
class CosignSignatureTest {
    private static final SigningKey KEY = SigningKey.generate();

    private static void signAndVerify(SignedWorld world, SignatureForm form) {
        CosignSigner.of(KEY).in(form).sign(world.repository, world.image.digest(), SignedWorld.NAME);

        Signatures found = SignedWorld.verifier(KEY).verify(world.repository, Tag.parse("v1"));

        assertThat(found.isSigned()).isTrue();
        assertThat(found.complete()).isTrue();
        assertThat(SignedWorld.only(found).form()).isEqualTo(form);
        assertThat(SignedWorld.signer(found)).contains("key-0");
        assertThat(found.explanation()).isEqualTo("signed by key-0");
    }

    @ParameterizedTest
    @EnumSource(names = {"COSIGN_TAG", "COSIGN_REFERRER", "BUNDLE"})
    void aStoredRegistryKeepsSignatures(SignatureForm form) {
        signAndVerify(new SignedWorld(), form);
    }

    @ParameterizedTest
    @EnumSource(names = {"COSIGN_TAG", "COSIGN_REFERRER", "BUNDLE"})
    void aRemoteRegistryKeepsSignatures(SignatureForm form) throws IOException {
        try (RegistryServer server = RegistryServer.builder(StorageRegistry.over(MemoryObjectStore.create()))
                        .listen("127.0.0.1", 0)
                        .build()
                        .start();
                RemoteRegistry remote =
                        RemoteRegistry.at("127.0.0.1:" + server.address().getPort())) {
            signAndVerify(new SignedWorld(remote), form);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"COSIGN_TAG", "COSIGN_REFERRER", "BUNDLE"})
    void aLayoutKeepsSignatures(SignatureForm form, @TempDir Path directory) {
        try (OciLayoutRegistry layout =
                OciLayoutRegistry.create(directory.resolve("layout"), RepositoryName.parse("team/app"))) {
            signAndVerify(new SignedWorld(layout), form);
        }
    }

    @Test
    void severalKeysSignOneImage() {
        SignedWorld world = new SignedWorld();
        SigningKey second = SigningKey.generate();
        CosignSigner.of(KEY).sign(world.repository, world.image.digest(), SignedWorld.NAME);
        CosignSigner.of(second).sign(world.repository, world.image.digest(), SignedWorld.NAME);

        assertThat(world.verify(SignedWorld.verifier(KEY, second)).accepted())
                .extracting(signature -> signature.signer().orElseThrow())
                .containsExactly("key-0", "key-1");
    }

    @Test
    void theSameSignatureIsNotRepeatedAtATag() {
        SignedWorld world = new SignedWorld();
        CosignSigner signer = CosignSigner.of(KEY);

        List<Descriptor> first = signer.sign(world.repository, world.image.digest(), SignedWorld.NAME);
        List<Descriptor> again = signer.sign(world.repository, world.image.digest(), SignedWorld.NAME);

        assertThat(again).isEqualTo(first);
    }

    /** cosign 2 lists a bundle with the type of its configuration, where the registry does not list referrers itself. */
    @Test
    void aBundleThatIsListedWithAnotherTypeIsFound() {
        SignedWorld world = new SignedWorld();
        CosignSigner.of(KEY).in(SignatureForm.BUNDLE).sign(world.repository, world.image.digest(), SignedWorld.NAME);
        world.putReferrer("application/example", "application/example", new byte[] {1}, Map.of());
        Repository listing = new ForwardingRepository(world.repository) {
            @Override
            public Manifests manifests() {
                return new ForwardingManifests(super.manifests()) {
                    @Override
                    public Listing<Descriptor, Digest> referrers(Digest subject, ReferrerFilter filter) {
                        return super.referrers(subject, filter)
                                .map(referrer -> referrer.withArtifactType(MediaTypes.OCI_EMPTY));
                    }
                };
            }
        };

        Signatures found = SignedWorld.verifier(KEY).verify(listing, world.image.digest());

        assertThat(SignedWorld.only(found).isAccepted()).isTrue();
    }

    @Test
    void attestationsTellWhatTheySayAndDoNotCountAsSignatures() {
        SignedWorld world = new SignedWorld();
        CosignSigner.of(KEY)
                .in(SignatureForm.COSIGN_TAG, SignatureForm.BUNDLE)
                .attest(
                        world.repository,
                        world.image.digest(),
                        SignedWorld.NAME,
                        "https://example.com/kind",
                        "{\"a\":1}");

        Signatures found = world.verify(SignedWorld.verifier(KEY));

        assertThat(found.isSigned()).isFalse();
        assertThat(found.explanation()).startsWith("no signature of " + world.image.digest() + " was found");
        assertThat(found.attestations())
                .hasSize(2)
                .allSatisfy(attestation -> assertThat(attestation.statement().orElseThrow())
                        .contains("\"predicateType\":\"https://example.com/kind\"", "\"predicate\":{\"a\":1}"));
    }

    @Test
    void attestationsCanBeLeftOut() {
        SignedWorld world = new SignedWorld();
        CosignSigner signer = CosignSigner.of(KEY).in(SignatureForm.COSIGN_TAG, SignatureForm.BUNDLE);
        signer.attest(world.repository, world.image.digest(), SignedWorld.NAME, "https://example.com/kind", "1");
        signer.sign(world.repository, world.image.digest(), SignedWorld.NAME);

        assertThat(world.verify(SignatureVerifier.builder()
                                .keys(TrustedKeys.of(SignedWorld.trusted("release", KEY)))
                                .withoutAttestations()
                                .build())
                        .all())
                .extracting(CheckedSignature::form, CheckedSignature::isAccepted)
                .containsExactly(
                        Assertions.tuple(SignatureForm.COSIGN_TAG, true), Assertions.tuple(SignatureForm.BUNDLE, true));
    }

    @Test
    void whoSignsAtTheSameTimeLosesNoSignature() throws Exception {
        SignedWorld world = new SignedWorld();
        List<SigningKey> keys = Stream.generate(SigningKey::generate).limit(6).toList();
        ExecutorService threads = Executors.newFixedThreadPool(keys.size());
        try {
            List<Callable<List<Descriptor>>> signers = keys.stream()
                    .<Callable<List<Descriptor>>>map(key ->
                            () -> CosignSigner.of(key).sign(world.repository, world.image.digest(), SignedWorld.NAME))
                    .toList();
            for (Future<List<Descriptor>> signed : threads.invokeAll(signers)) {
                assertThat(signed.get()).hasSize(1);
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(world.verify(SignedWorld.verifier(keys.toArray(SigningKey[]::new)))
                        .accepted())
                .hasSize(keys.size());
    }

    @Test
    void theSignatureOfAnIndexIsThatOfTheIndexOnly() {
        SignedWorld world = new SignedWorld();
        Descriptor index = world.pushIndex("all", world.image);
        CosignSigner.of(KEY).sign(world.repository, Tag.parse("all"), SignedWorld.NAME);
        SignatureVerifier verifier = SignedWorld.verifier(KEY);

        assertThat(verifier.verify(world.repository, index.digest()).isSigned()).isTrue();
        assertThat(world.verify(verifier).isSigned()).isFalse();
    }

    @Test
    void theSignatureOfAChildIsNotThatOfTheIndex() {
        SignedWorld world = new SignedWorld();
        Descriptor index = world.pushIndex("all", world.image);
        CosignSigner.of(KEY)
                .in(SignatureForm.COSIGN_TAG, SignatureForm.COSIGN_REFERRER, SignatureForm.BUNDLE)
                .sign(world.repository, world.image.digest(), SignedWorld.NAME);
        SignatureVerifier verifier = SignedWorld.verifier(KEY);

        assertThat(verifier.verify(world.repository, index.digest()).isSigned()).isFalse();
        assertThat(world.verify(verifier).accepted()).hasSize(3);
    }

    @Test
    void anImageThatIsNotThereIsAnError() {
        SignedWorld world = new SignedWorld();

        assertThatThrownBy(() -> SignedWorld.verifier(KEY).verify(world.repository, Digest.sha256(new byte[1])))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MANIFEST_UNKNOWN));
    }

    @Test
    void keysAreNeverShown() {
        assertThat(KEY).hasToString("SigningKey[ECDSA_SHA256]");
        assertThat(CosignSigner.of(KEY).toString()).contains("SigningKey[ECDSA_SHA256]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.parse(
                        "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----", new char[0]))
                .withMessageNotContaining("c2VjcmV0");
    }
}
