package dev.berth.examples.standalone.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.ChildProcess;
import dev.berth.examples.standalone.programs.Cosign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** cosign accepts what {@code berth sign} makes in a registry that is served, and {@code berth verify} what cosign makes. */
@Tag("any-jdk")
class CosignIT {
    @TempDir
    static Path directory;

    private static BerthProcess server;
    private static Cosign cosign;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        cosign = Cosign.in(directory).withKeys();
        server = BerthCommand.serveFromMemory().start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    /** Pushes an image, and returns its name with its digest. */
    private static String push(String repository, int seed) throws IOException, InterruptedException {
        TestImage image = TestImage.random(seed, 1, 1000);
        server.http().pushImage(repository, "v1", image);
        return server.hostAndPort() + "/" + repository + "@" + image.manifest().digest();
    }

    private static ChildProcess.Outcome berth(String... arguments) throws IOException, InterruptedException {
        return BerthCommand.of(arguments)
                .with("COSIGN_PASSWORD", Cosign.PASSWORD)
                .run();
    }

    private static ChildProcess.Outcome verify(String image, String... options)
            throws IOException, InterruptedException {
        String[] arguments = new String[options.length + 4];
        System.arraycopy(options, 0, arguments, 4, options.length);
        arguments[0] = "verify";
        arguments[1] = "--key";
        arguments[2] = cosign.publicKey();
        arguments[3] = image;
        return berth(arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tag", "referrer"})
    void cosignAcceptsOurSignatures(String form) throws IOException, InterruptedException {
        String image = push("ours/" + form, 1);
        assertThat(verify(image).exitCode()).isEqualTo(1);
        assertThat(cosign.verify(image).exitCode()).isNotZero();

        berth("sign", "--key", cosign.privateKey(), "--form", form, "-a", "by=berth", image)
                .successful();

        assertThat(cosign.verify(image, "-a", "by=berth", "--experimental-oci11=" + form.equals("referrer"))
                        .successful()
                        .out())
                .contains(image.substring(image.indexOf("sha256:")), "berth");
        assertThat(verify(image).successful().out()).contains("Trusted", cosign.publicKey());
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy", "oci-1-1"})
    void weAcceptItsSignatures(String mode) throws IOException, InterruptedException {
        String image = push("its/" + mode, 2);

        cosign.sign(image, "--registry-referrers-mode", mode).successful();

        assertThat(verify(image).successful().out()).contains("accepted", cosign.publicKey());
    }

    @Test
    void attestationsGoBothWays() throws IOException, InterruptedException {
        Path bom = Files.writeString(directory.resolve("bom.json"), "{\"bomFormat\":\"CycloneDX\"}");
        String ours = push("attested/ours", 3);
        String its = push("attested/its", 4);

        berth("sign", "--key", cosign.privateKey(), "--attest", bom.toString(), "--type", "cyclonedx", ours)
                .successful();
        cosign.attest(its, "--predicate", bom.toString(), "--type", "cyclonedx").successful();

        cosign.verifyAttestation(ours, "--type", "cyclonedx").successful();
        verify(its, "--attestation", "cyclonedx").successful();
        assertThat(verify(its).exitCode()).as("an attestation is no signature").isEqualTo(1);
    }

    @Test
    void thePasswordIsAskedForNowhereElse() throws IOException, InterruptedException {
        String image = push("password/app", 5);
        Path file = Files.writeString(directory.resolve("password"), Cosign.PASSWORD + "\n");
        String key = cosign.privateKey();

        ChildProcess.Outcome none = BerthCommand.of("sign", "--key", key, image).run();
        ChildProcess.Outcome wrong = BerthCommand.of("sign", "--key", key, "--password-env", "SECRET", image)
                .with("SECRET", "wrong horse")
                .run();
        BerthCommand.of("sign", "--key", key, "--password-file", file.toString(), image)
                .run()
                .successful();

        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.err()).contains("COSIGN_PASSWORD", "--password-file");
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.err()).contains(key, "password").doesNotContain("wrong horse");
        cosign.verify(image).successful();
    }
}
