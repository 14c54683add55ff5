package dev.berth.examples.standalone.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.examples.standalone.CommandRun;
import dev.berth.examples.standalone.content.Content;
import dev.berth.examples.standalone.content.OciLayout;
import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.RegistryHttp;
import dev.berth.registry.scan.signature.SigningKey;
import dev.berth.registry.testing.TestRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code berth sign} and {@code verify}, run in this process. */
class SignaturesTest {
    private static final TestRegistry REGISTRY = TestRegistry.start();
    private static final String POLICIES_FOR_ALL = "*";

    private final RegistryHttp registry = new RegistryHttp(REGISTRY.uri());

    @TempDir
    Path directory;

    private String key;
    private String publicKey;

    @AfterAll
    static void stopServer() {
        REGISTRY.close();
    }

    @BeforeEach
    void makeKey() throws IOException, GeneralSecurityException {
        key = newKey("release");
        publicKey = directory.resolve("release.pub").toString();
    }

    /** Writes a private and a public key, and returns where the private one is. */
    private String newKey(String name) throws IOException, GeneralSecurityException {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Path file = Files.writeString(
                directory.resolve(name + ".key"),
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(keys.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        Files.writeString(
                directory.resolve(name + ".pub"),
                SigningKey.of(keys.getPrivate()).publicPem());
        return file.toString();
    }

    private static String at(String image) {
        return REGISTRY.address() + "/" + image;
    }

    private static CommandRun berth(String... arguments) {
        return CommandRun.run("", arguments);
    }

    private CommandRun verify(String image, String... options) {
        String[] arguments = new String[options.length + 4];
        System.arraycopy(options, 0, arguments, 4, options.length);
        arguments[0] = "verify";
        arguments[1] = "--key";
        arguments[2] = publicKey;
        arguments[3] = image;
        return berth(arguments);
    }

    private Content pushImage(String repository, int seed) throws IOException, InterruptedException {
        TestImage image = TestImage.random(seed, 1, 1000);
        registry.pushImage(repository, "v1", image);
        return image.manifest();
    }

    @Test
    void whatIsSignedIsTrusted() throws IOException, InterruptedException {
        Content manifest = pushImage("signed/app", 1);

        CommandRun signed = berth("sign", "--key", key, "--form", "tag,referrer,bundle", at("signed/app:v1"))
                .successful();
        CommandRun verified = verify(at("signed/app:v1")).successful();

        assertThat(signed.out().lines().skip(1))
                .hasSize(3)
                .allMatch(line -> line.startsWith(manifest.digest()))
                .extracting(line -> line.replaceFirst(".* (cosign, \\w+) .*", "$1"))
                .containsExactly("cosign, tag", "cosign, referrer", "cosign, bundle");
        assertThat(verified.out().lines().filter(line -> line.startsWith("accepted")))
                .hasSize(3)
                .allMatch(line -> line.contains(publicKey));
        assertThat(verified.out()).contains("Trusted: " + manifest.digest() + ": signed by " + publicKey);
    }

    @Test
    void anImageWithoutSignatureIsNotTrusted() throws IOException, InterruptedException {
        Content manifest = pushImage("unsigned/app", 2);

        CommandRun verified = verify(at("unsigned/app:v1"));

        assertThat(verified.exitCode()).isEqualTo(1);
        assertThat(verified.out().lines()).singleElement().asString().startsWith("Not trusted: " + manifest.digest());
    }

    @Test
    void whySignaturesAreRefusedIsTold() throws IOException, InterruptedException, GeneralSecurityException {
        pushImage("refused/app", 3);
        berth("sign", "--key", newKey("other"), at("refused/app:v1")).successful();
        berth("sign", "--key", key, "--name", "registry.example/else/where", at("refused/app:v1"))
                .successful();

        CommandRun verified = verify(at("refused/app:v1"));

        assertThat(verified.exitCode()).isEqualTo(1);
        assertThat(verified.out().lines().filter(line -> line.startsWith("refused")))
                .hasSize(2)
                .anyMatch(line -> line.contains("none of the 1 trusted keys signed it"))
                .anyMatch(line -> line.contains("it is for registry.example/else/where, not for refused/app"));
        verify(at("refused/app:v1"), "--any-name").successful();
        verify(at("refused/app:v1"), "--name", "registry.example/else/where").successful();
    }

    @Test
    void programsReadTheSameAsJson() throws IOException, InterruptedException, GeneralSecurityException {
        Content manifest = pushImage("json/app", 4);
        berth("sign", "--key", newKey("other"), at("json/app:v1")).successful();

        JsonNode refused = json(verify(at("json/app:v1"), "--output", "json"), 1);
        berth("sign", "--key", key, "--form", "referrer", at("json/app:v1")).successful();
        JsonNode accepted = json(verify(at("json/app:v1"), "--output", "json"), 0);

        assertThat(refused.path("trusted").asBoolean(true)).isFalse();
        assertThat(refused.at("/manifests/0/signatures/0/refusals/0").asText()).contains("trusted keys");
        assertThat(accepted.path("trusted").asBoolean()).isTrue();
        assertThat(accepted.at("/manifests/0/digest").asText()).isEqualTo(manifest.digest());
        assertThat(accepted.at("/manifests/0/signatures")).hasSize(2);
        assertThat(accepted.at("/manifests/0/signatures/1/signer").asText()).isEqualTo(publicKey);
        assertThat(accepted.at("/manifests/0/signatures/1/form").asText()).isEqualTo("COSIGN_REFERRER");
    }

    private static JsonNode json(CommandRun run, int exitCode) throws IOException {
        assertThat(run.exitCode()).as("%s", run).isEqualTo(exitCode);
        return new ObjectMapper().readTree(run.out());
    }

    @Test
    void aSignatureOfAnIndexIsNotThatOfItsImages() throws IOException, InterruptedException {
        List<TestImage> images = List.of(
                TestImage.random(5, 1, 1000, "amd64", "sha256"), TestImage.random(6, 1, 1000, "arm64", "sha256"));
        for (TestImage image : images) {
            registry.pushImage("index/app", image.manifest().digest(), image);
        }
        registry.pushManifest("index/app", "v1", TestImage.index(List.of("amd64", "arm64"), images));
        String index = at("index/app:v1");

        berth("sign", "--key", key, index).successful();

        verify(index).successful();
        assertThat(verify(index, "--recursive").exitCode()).isEqualTo(1);
        assertThat(verify(index, "--platform", "linux/arm64").exitCode()).isEqualTo(1);
        berth("sign", "--key", key, "--platform", "linux/arm64", index).successful();
        verify(index, "--platform", "linux/arm64").successful();
        assertThat(verify(index, "--recursive").exitCode()).isEqualTo(1);
        CommandRun all = berth("sign", "--key", key, "--recursive", index).successful();
        assertThat(all.out().lines().skip(1))
                .hasSize(3)
                .anyMatch(line -> line.contains("linux/amd64"))
                .anyMatch(line -> line.contains("linux/arm64"));
        assertThat(verify(index, "--recursive").successful().out().lines().filter(line -> line.startsWith("Trusted:")))
                .hasSize(3);
    }

    @Test
    void anAttestationIsNoSignature() throws IOException, InterruptedException {
        pushImage("attested/app", 7);
        Path bom = Files.writeString(directory.resolve("bom.json"), "{\"bomFormat\":\"CycloneDX\"}");

        berth("sign", "--key", key, "--attest", bom.toString(), "--type", "cyclonedx", at("attested/app:v1"))
                .successful();

        assertThat(verify(at("attested/app:v1")).exitCode()).isEqualTo(1);
        assertThat(verify(at("attested/app:v1"), "--attestation", "cyclonedx")
                        .successful()
                        .out())
                .contains("attestation https://cyclonedx.org/bom", "is attested by " + publicKey);
        assertThat(verify(at("attested/app:v1"), "--attestation", "vuln").exitCode())
                .isEqualTo(1);
    }

    @Test
    void imagesInALayoutAreSignedAndVerified() throws IOException {
        Path layout = directory.resolve("layout");
        OciLayout.write(layout, "1.0", TestImage.random(8, 1, 1000));
        String image = "oci:" + layout + ":1.0";

        berth("sign", "--key", key, image).failed(2, "--name", image);
        berth("sign", "--key", key, "--name", "registry.example/app", image).successful();

        verify(image).successful();
        verify(image, "--name", "registry.example/app").successful();
        assertThat(verify(image, "--name", "registry.example/other").exitCode()).isEqualTo(1);
    }

    @Test
    void certificatesOfNotationSignToo() throws IOException, InterruptedException, GeneralSecurityException {
        Content manifest = pushImage("notation/app", 9);
        SigningCertificate release = SigningCertificate.make(directory, "release");
        SigningCertificate other = SigningCertificate.make(directory, "other");
        String trusted = release.trustedIn(directory.resolve("trusted"), POLICIES_FOR_ALL)
                .toString();
        String scoped = release.trustedIn(directory.resolve("scoped"), "registry.example/notation/app")
                .toString();
        String elsewhere = other.trustedIn(directory.resolve("elsewhere"), POLICIES_FOR_ALL)
                .toString();
        String image = at("notation/app:v1");

        berth(
                        "sign",
                        "--notation-key",
                        release.key().toString(),
                        "--certificate",
                        release.certificate().toString(),
                        image)
                .successful();

        assertThat(berth("verify", "--notation-trust", trusted, image)
                        .successful()
                        .out())
                .contains("accepted", "notation", "CN=release", manifest.digest());
        assertThat(berth("verify", "--notation-trust", elsewhere, image).exitCode())
                .isEqualTo(1);
        assertThat(berth("verify", "--notation-trust", scoped, image).out()).contains("no trust policy is for");
        berth("verify", "--notation-trust", scoped, "--host", "registry.example", image)
                .successful();
        berth(
                        "sign",
                        "--notation-key",
                        other.key().toString(),
                        "--certificate",
                        release.certificate().toString(),
                        image)
                .failed(1, "must be that of the key");
    }

    @Test
    void misuseIsExplained() throws IOException, InterruptedException {
        pushImage("misuse/app", 10);
        String image = at("misuse/app:v1");
        String missing = directory.resolve("missing.key").toString();

        berth("sign", image).failed(2, "--key FILE", "--notation-key FILE");
        berth("sign", "--key", key, "--form", "stamp", image).failed(2, "stamp", "tag, referrer or bundle");
        berth("sign", "--key", key, "--attest", key, image).failed(2, "--type");
        berth("sign", "--key", key, "--attest", key, "--type", "poem", image).failed(2, "poem", "cyclonedx");
        berth("sign", "--key", missing, image).failed(1, "there is no " + missing);
        berth("sign", "--key", publicKey, image).failed(1, publicKey, "no private key");
        berth("sign", "--key", key, at("misuse/other:v1")).failed(1, "misuse/other");
        berth("verify", image).failed(2, "--key FILE", "--notation-trust DIRECTORY");
        verify(image, "--output", "xml").failed(2, "xml", "table or json");
        verify(image, "--name", "a", "--any-name").failed(2, "--any-name");
        verify(image, "--recursive", "--platform", "linux/amd64").failed(2, "--platform or --recursive");
        berth("verify", "--key", key, image).failed(1, key, "no public key");
        berth("verify", "--notation-trust", directory.toString(), image).failed(1, "trustpolicy.oci.json");
    }
}
