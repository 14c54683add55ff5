package dev.berth.registry.scan.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Repository;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.fixtures.Programs;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.scan.internal.key.SealedKey;
import dev.berth.registry.server.RegistryServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** cosign accepts what is signed here, and the other way round, in all forms. */
@Tag("any-jdk")
class CosignProgramTest {
    /** What cosign would otherwise ask the internet for, and does not need for keys. */
    private static final String NO_SERVICES =
            "{\"mediaType\":\"application/vnd.dev.sigstore.trustedroot+json;version=0.1\"}";

    @TempDir
    Path directory;

    private Cosign cosign;
    private RegistryServer server;
    private RemoteRegistry remote;
    private Repository repository;
    private Descriptor image;
    private String name;
    private SigningKey key;

    @BeforeAll
    static void findCosign() {
        Programs.require("cosign");
    }

    @BeforeEach
    void start() throws IOException, InterruptedException {
        server = RegistryServer.builder(StorageRegistry.over(MemoryObjectStore.create()))
                .listen("127.0.0.1", 0)
                .build()
                .start();
        String host = "127.0.0.1:" + server.address().getPort();
        remote = RemoteRegistry.at("http://" + host);
        repository = remote.repository("team/app");
        image = SignedWorld.pushImage(repository, "amd64", "v1");
        name = host + "/team/app";
        cosign = new Cosign(directory);
        Files.writeString(directory.resolve("root.json"), NO_SERVICES);
        cosign.run("generate-key-pair");
        key = SigningKey.parse(Files.readString(directory.resolve("cosign.key")), Cosign.PASSWORD.toCharArray());
    }

    @AfterEach
    void stop() {
        remote.close();
        server.close();
    }

    private String at(Digest digest) {
        return name + "@" + digest;
    }

    private SignatureVerifier verifier() throws IOException {
        return SignatureVerifier.builder()
                .keys(TrustedKeys.of(TrustedKey.parse("release", Files.readString(directory.resolve("cosign.pub")))))
                .name(SignedName.exactly(name))
                .build();
    }

    @Test
    void encryptedKeysOfCosignAreRead() throws IOException {
        assertThat(key.publicPem()).isEqualTo(Files.readString(directory.resolve("cosign.pub")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy", "oci-1-1"})
    void signaturesOfCosignAreAccepted(String mode) throws IOException, InterruptedException {
        cosign.run(
                "sign", "--key", "cosign.key", "--registry-referrers-mode", mode, "-a", "who=me", at(image.digest()));

        CheckedSignature found = SignedWorld.only(verifier().verify(repository, image.digest()));

        assertThat(found.refusals()).isEmpty();
        assertThat(found.signer()).contains("release");
        assertThat(found.form())
                .isEqualTo(mode.equals("legacy") ? SignatureForm.COSIGN_TAG : SignatureForm.COSIGN_REFERRER);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void attestationsOfCosignAreAccepted(boolean bundle) throws IOException, InterruptedException {
        Files.writeString(directory.resolve("predicate.json"), "{\"a\":1}");
        cosign.run(
                "attest",
                "--key",
                "cosign.key",
                "--new-bundle-format=" + bundle,
                "--predicate",
                "predicate.json",
                "--type",
                "https://example.com/kind",
                at(image.digest()));

        Signatures found = verifier().verify(repository, image.digest());

        assertThat(found.isSigned()).isFalse();
        CheckedSignature attestation = SignedWorld.only(found);
        assertThat(attestation.refusals()).isEmpty();
        assertThat(found.attestations()).containsExactly(attestation);
        assertThat(attestation.form()).isEqualTo(bundle ? SignatureForm.BUNDLE : SignatureForm.ATTESTATION_TAG);
        assertThat(attestation.predicateType()).contains("https://example.com/kind");
        assertThat(attestation.statement().orElseThrow()).contains("\"predicate\":{\"a\":1}");
    }

    /** cosign 3 signs images with a statement of this type; cosign 2.5 can be made to. */
    @Test
    void signaturesInBundlesAreAccepted() throws IOException, InterruptedException {
        Files.writeString(directory.resolve("predicate.json"), "{}");
        cosign.run(
                "attest",
                "--key",
                "cosign.key",
                "--new-bundle-format",
                "--predicate",
                "predicate.json",
                "--type",
                "https://sigstore.dev/cosign/sign/v1",
                at(image.digest()));

        Signatures found = verifier().verify(repository, image.digest());

        assertThat(found.accepted()).hasSize(1);
        assertThat(found.explanation()).isEqualTo("signed by release");
    }

    @Test
    void cosignAcceptsOurSignatureAtATag() throws IOException, InterruptedException {
        CosignSigner.of(key).annotated(Map.of("who", "me")).sign(repository, image.digest(), name);

        String verified = cosign.run("verify", "--key", "cosign.pub", "-a", "who=me", name + ":v1");

        assertThat(verified).contains(image.digest().toString(), name);
        cosign.fails("verify", "--key", "cosign.pub", "-a", "who=you", name + ":v1");
    }

    @Test
    void cosignAcceptsOurSignatureAsAReferrer() throws IOException, InterruptedException {
        CosignSigner.of(key).in(SignatureForm.COSIGN_REFERRER).sign(repository, image.digest(), name);

        String verified = cosign.run("verify", "--key", "cosign.pub", "--experimental-oci11", name + ":v1");

        assertThat(verified).contains(image.digest().toString(), name);
    }

    @Test
    void cosignAcceptsOurSignatureInABundle() throws IOException, InterruptedException {
        CosignSigner.of(key).in(SignatureForm.BUNDLE).sign(repository, image.digest(), name);

        cosign.run(
                "verify-attestation",
                "--key",
                "cosign.pub",
                "--new-bundle-format",
                "--trusted-root",
                "root.json",
                "--type",
                "https://sigstore.dev/cosign/sign/v1",
                name + ":v1");
        cosign.run("generate-key-pair", "--output-key-prefix", "other");
        cosign.fails(
                "verify-attestation",
                "--key",
                "other.pub",
                "--new-bundle-format",
                "--trusted-root",
                "root.json",
                "--type",
                "https://sigstore.dev/cosign/sign/v1",
                name + ":v1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cosignAcceptsOurAttestations(boolean bundle) throws IOException, InterruptedException {
        CosignSigner.of(key)
                .in(bundle ? SignatureForm.BUNDLE : SignatureForm.COSIGN_TAG)
                .attest(repository, image.digest(), name, "https://example.com/kind", "{\"a\":1}");

        List<String> arguments = new ArrayList<>(List.of(
                "verify-attestation", "--key", "cosign.pub", "--type", "https://example.com/kind", name + ":v1"));
        if (bundle) {
            arguments.addAll(List.of("--new-bundle-format", "--trusted-root", "root.json"));
        }
        cosign.run(arguments.toArray(String[]::new));
    }

    @Test
    void bothSignTheSameImage() throws IOException, InterruptedException {
        cosign.run("generate-key-pair", "--output-key-prefix", "other");
        cosign.run("sign", "--key", "other.key", at(image.digest()));
        CosignSigner.of(key).sign(repository, image.digest(), name);
        CosignSigner.of(key).sign(repository, image.digest(), name);

        cosign.run("verify", "--key", "cosign.pub", name + ":v1");
        cosign.run("verify", "--key", "other.pub", name + ":v1");
        Signatures found = verifier().verify(repository, image.digest());
        assertThat(found.accepted()).hasSize(1);
        assertThat(found.refused()).hasSize(1);
    }

    /** cosign signs with SHA-256 on every curve, and by PKCS #1 with RSA. It reads keys that are encrypted here. */
    @ParameterizedTest
    @ValueSource(strings = {"EC secp256r1", "EC secp384r1", "EC secp521r1", "RSA", "Ed25519"})
    void everyKindOfKeyIsUsedAsByCosign(String kind) throws Exception {
        String[] parts = kind.split(" ");
        KeyPairGenerator generator = KeyPairGenerator.getInstance(parts[0]);
        if (parts.length > 1) {
            generator.initialize(new ECGenParameterSpec(parts[1]));
        }
        PrivateKey made = generator.generateKeyPair().getPrivate();
        SigningKey ours = SigningKey.of(made);
        Files.writeString(directory.resolve("other.key"), SealedKey.pem(made, Cosign.PASSWORD, 65536, 8, 1));
        Files.writeString(directory.resolve("other.pub"), ours.publicPem());
        Repository other = remote.repository("team/other");
        SignedWorld.pushImage(other, "amd64", "v1");

        cosign.run("sign", "--key", "other.key", at(image.digest()));
        CosignSigner.of(ours).sign(other, image.digest(), name.replace("app", "other"));

        Signatures found = SignedWorld.verifier(ours).verify(repository, image.digest());
        assertThat(found.explanation()).isEqualTo("signed by key-0");
        cosign.run("verify", "--key", "other.pub", name.replace("app", "other") + ":v1");
    }
}
