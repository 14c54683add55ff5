package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.OciLayout;
import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.ChildProcess;
import dev.berth.examples.standalone.programs.Cosign;
import dev.berth.examples.standalone.programs.Programs;
import dev.berth.examples.standalone.programs.Skopeo;
import dev.berth.examples.standalone.scan.KnownWorld;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sections {@code scan}, {@code signatures} and {@code gate}, as skopeo and cosign meet them. */
@Tag("any-jdk")
class ServedTrustIT {
    @TempDir
    static Path directory;

    private static BerthProcess server;
    private static Cosign cosign;
    private static Skopeo skopeo;
    private static Path accepted;
    private static TestImage image;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Programs.assumeInstalled("skopeo");
        cosign = Cosign.in(directory).withKeys();
        new KnownWorld(directory.resolve("osv")).publish();
        accepted = Files.writeString(directory.resolve("accepted.json"), "{\"accepted\": []}");
        image = KnownWorld.image();
        OciLayout.write(directory.resolve("layout"), "1", image);
        Path config = Files.writeString(directory.resolve("config.yml"), """
                scan:
                  advisories: {directory: %1$s/osv, work: %1$s/work}
                  repositories: [team/**]
                  sbom: true
                signatures:
                  keys: [{name: release, file: %1$s/cosign.pub}]
                gate:
                  accepted: %1$s/accepted.json
                  rules:
                    - name: nothing bad
                      repositories: [team/**]
                      findings: {above: medium}
                      unscanned: {hold: 10m}
                      pending: {hold: 10m}
                    - name: signed
                      repositories: [production/**]
                      signedby: release
                      beforetagging: true
                      exceptuntagged: true
                """.formatted(directory));
        server = BerthCommand.of(
                        "serve",
                        "--listen",
                        "127.0.0.1:0",
                        "--storage",
                        directory.resolve("storage").toString(),
                        "--config",
                        config.toString())
                .start();
        skopeo = new Skopeo(server.hostAndPort(), Files.createDirectories(directory.resolve("skopeo")));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static void push(String repository) throws IOException, InterruptedException {
        skopeo.copy("oci:" + directory.resolve("layout") + ":1", skopeo.docker(repository + ":1"));
    }

    private static ChildProcess.Outcome pull(String repository) throws IOException, InterruptedException {
        return skopeo.run("inspect", skopeo.docker(repository + ":1"));
    }

    private static void assertRefused(String repository, String... why) throws IOException, InterruptedException {
        ChildProcess.Outcome outcome = pull(repository);
        assertThat(outcome.exitCode()).as("%s", outcome).isNotZero();
        assertThat(outcome.err()).contains(why).containsIgnoringCase("denied");
    }

    @Test
    void whatIsPushedIsScannedAndHandedOutOnceItsFindingsAreAccepted() throws IOException, InterruptedException {
        push("team/app");
        server.awaitLog("team/app@" + image.manifest().digest() + " is SCANNED: 6 findings");

        assertRefused("team/app", "the rule 'nothing bad'", "CVE-2026-0003");
        assertThat(server.http()
                        .get("/berth/scans/report?repository=team/app&reference=1")
                        .body())
                .asString(StandardCharsets.UTF_8)
                .contains("CVE-2026-0001", "CVE-2026-0003");
        Files.writeString(accepted, """
                {"accepted": [
                  {"ids": ["CVE-2026-0001", "CVE-2026-0003", "GHSA-p6mc-m468-83gw"], "repository": "team/*",
                   "reason": "A test"}]}
                """);
        server.awaitLog("The list of accepted findings was read again");

        pull("team/app").successful();
        assertThat(server.http()
                        .get("/v2/team/app/referrers/" + image.manifest().digest())
                        .body())
                .asString(StandardCharsets.UTF_8)
                .contains("application/vnd.cyclonedx+json");
    }

    /** Pushes an image without a tag, which is refused while nobody has signed it. Returns its name. */
    private static String pushUnsigned(String repository) throws IOException, InterruptedException {
        String digest = image.manifest().digest();
        server.http().pushImage(repository, digest, image);
        assertThat(server.http().putManifest(repository, "1", image.manifest()).body())
                .asString(StandardCharsets.UTF_8)
                .contains("DENIED", "the rule 'signed'", "release");
        return server.hostAndPort() + "/" + repository + "@" + digest;
    }

    private static void tag(String repository) throws IOException, InterruptedException {
        server.http().pushManifest(repository, "1", image.manifest());
    }

    @Test
    void whatIsSignedGetsATagAndIsHandedOut() throws IOException, InterruptedException {
        String its = pushUnsigned("production/its");
        String ours = pushUnsigned("production/ours");

        cosign.sign(its).successful();
        BerthCommand.of("sign", "--key", cosign.privateKey(), "--form", "referrer", ours)
                .with("COSIGN_PASSWORD", Cosign.PASSWORD)
                .run()
                .successful();

        tag("production/its");
        tag("production/ours");
        pull("production/its").successful();
        pull("production/ours").successful();
    }
}
