package dev.berth.examples.standalone.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.examples.standalone.CommandRun;
import dev.berth.examples.standalone.content.OciLayout;
import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.RegistryHttp;
import dev.berth.registry.testing.TestRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command {@code berth scan}, run in this process. */
class ScanCommandTest {
    private static final TestRegistry REGISTRY = TestRegistry.start();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FOUND = 3;

    private final RegistryHttp registry = new RegistryHttp(REGISTRY.uri());

    @TempDir
    Path directory;

    private KnownWorld world;
    private String layout;

    @AfterAll
    static void stopServer() {
        REGISTRY.close();
    }

    @BeforeEach
    void publish() throws IOException {
        world = new KnownWorld(directory.resolve("osv")).publish();
        OciLayout.write(directory.resolve("layout"), "1.0", KnownWorld.image());
        layout = "oci:" + directory.resolve("layout");
    }

    private static CommandRun berth(String... arguments) {
        return CommandRun.run("", arguments);
    }

    private CommandRun scan(String image, String... options) {
        List<String> arguments = new ArrayList<>(List.of("scan", image));
        arguments.addAll(List.of(
                "--advisories",
                world.directory().toString(),
                "--cache",
                directory.resolve("cache").toString()));
        arguments.addAll(List.of(options));
        return berth(arguments.toArray(new String[0]));
    }

    private static JsonNode json(CommandRun run) throws IOException {
        return JSON.readTree(run.successful().out());
    }

    private static List<String> ids(JsonNode report) {
        return report.path("findings").findValuesAsText("id");
    }

    @Test
    void aNewcomerReadsWhatIsWrongAndWhatHelps() {
        CommandRun run = scan(layout + ":1.0").successful();

        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().limit(13))
                .containsExactly(
                        layout + ":1.0: Debian GNU/Linux 12 (bookworm), linux/" + TestImage.machine()
                                + ", 5 packages (4 deb, 1 npm)",
                        "",
                        "zlib1g 1:1.2.13.dfsg-1",
                        "  critical  CVE-2026-0003        no fix yet         Integer overflow in MiniZip",
                        "",
                        "libssl3, openssl 3.0.11-1~deb12u1",
                        "  high      CVE-2026-0001        fixed in 3.0.13-1  Long keys may be very slow to check",
                        "  medium    CVE-2026-0002        no fix yet         A side channel of ECDSA",
                        "",
                        "lodash 4.17.11  in srv/app/node_modules/lodash/package.json",
                        "  high      GHSA-p6mc-m468-83gw  fixed in 4.17.20   Prototype pollution in lodash",
                        "",
                        "6 findings in 4 packages: 1 critical, 3 high, 2 medium. A newer version fixes 3 of them.");
        assertThat(run.out()).contains("The newest advisory that was looked at is of 2026-11-20, ");
    }

    @Test
    void imagesAreTheSameWhereverTheyAre() throws IOException, InterruptedException {
        registry.pushImage("scan/app", "1.0", KnownWorld.image());
        String inRegistry = REGISTRY.address() + "/scan/app:1.0";
        Path saved = directory.resolve("saved.tar");
        berth("copy", "-q", layout + ":1.0", "docker-archive:" + saved + ":team/app:1.0")
                .successful();
        berth("copy", "-q", layout + ":1.0", "oci-archive:" + directory.resolve("packed.tar") + ":1.0")
                .successful();

        List<String> expected = ids(json(scan(layout, "--output", "json")));

        assertThat(expected).hasSize(6);
        for (String image : List.of(
                inRegistry,
                saved.toString(),
                "docker-archive:" + saved,
                directory.resolve("packed.tar").toString(),
                directory.resolve("layout").toString())) {
            assertThat(ids(json(scan(image, "--output", "json")))).as(image).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"critical, 3, 0", "high, 3, 3", "medium, 3, 3", "unknown, 3, 3"})
    void theExitCodeIsThatOfTheSeverity(String severity, int all, int fixable) {
        assertThat(scan(layout, "--fail-on", severity).exitCode()).isEqualTo(all);
        assertThat(scan(layout, "--fail-on", severity, "--fixable-only").exitCode())
                .isEqualTo(fixable);
    }

    @Test
    void whatIsNotWantedIsCounted() {
        String severe = scan(layout, "--severity", "critical").successful().out();
        String fixable = scan(layout, "--fixable-only").successful().out();

        assertThat(severe)
                .contains("CVE-2026-0003", "5 of them are not shown")
                .doesNotContain("CVE-2026-0001", "lodash");
        assertThat(fixable).contains("CVE-2026-0001", "lodash").doesNotContain("CVE-2026-0003", "CVE-2026-0002");
    }

    @Test
    void whatIsAcceptedDoesNotCount() throws IOException {
        String list = Files.writeString(directory.resolve("accepted.json"), """
                {"accepted": [
                  {"id": "CVE-2026-0003", "reason": "MiniZip is not built"},
                  {"ids": ["CVE-2026-0001", "GHSA-p6mc-m468-83gw"], "reason": "Old", "expires": "2020-01-01"}]}
                """).toString();

        CommandRun run = scan(layout, "--vex", list, "--fail-on", "critical").successful();

        assertThat(run.out())
                .doesNotContain("MiniZip")
                .contains("5 findings", "1 more is accepted", "The acceptance of CVE-2026-0001, GHSA-", "has expired");
        assertThat(ids(json(scan(layout, "--vex", list, "--output", "json")))).hasSize(5);
        assertThat(scan(layout, "--vex", list, "--fail-on", "high").exitCode()).isEqualTo(FOUND);
    }

    @Test
    void theIndexFollowsTheAdvisories() throws IOException {
        assertThat(scan(layout).successful().out()).doesNotContain("CVE-2026-0009");

        world.publish("CVE-2026-0009", "Debian:12", "tar", "9", KnownWorld.MEDIUM, "Found today");

        assertThat(scan(layout).successful().out()).contains("CVE-2026-0009");
    }

    @Test
    void hostileTextOnlyLooksStrange() throws IOException {
        world.publish(
                "CVE-2026-0008",
                "Debian:12",
                "tar",
                "9",
                KnownWorld.MEDIUM,
                "a\u001b[2Jb\u202ec\u2066d\u200fe\r\nf\u0007g");

        String out = scan(layout).successful().out();

        assertThat(out).contains("CVE-2026-0008");
        assertThat(out.chars().filter(c -> c != '\n' && Character.isISOControl(c)))
                .isEmpty();
        assertThat(out.codePoints().filter(c -> Character.getType(c) == Character.FORMAT))
                .isEmpty();
    }

    @Test
    void onePlatformOfSeveralIsScanned() throws IOException, InterruptedException {
        List<TestImage> images =
                List.of(KnownWorld.image("amd64", "3.0.11-1~deb12u1"), KnownWorld.image("arm64", "3.0.15-1"));
        for (TestImage image : images) {
            registry.pushImage("scan/index", image.manifest().digest(), image);
        }
        registry.pushManifest("scan/index", "1.0", TestImage.index(List.of("amd64", "arm64"), images));
        String index = REGISTRY.address() + "/scan/index:1.0";

        assertThat(scan(index).successful().out()).contains("linux/" + TestImage.machine());
        assertThat(scan(index, "--platform", "linux/arm64").successful().out())
                .contains("linux/arm64")
                .doesNotContain("CVE-2026-0001", "linux/amd64");
        JsonNode all = json(scan(index, "--platform", "all", "--output", "json"));
        assertThat(all.findValuesAsText("image"))
                .containsExactly(
                        images.get(0).manifest().digest(),
                        images.get(1).manifest().digest());
        scan(index, "--platform", "linux/riscv64").failed(1, "linux/riscv64", "linux/amd64, linux/arm64");
    }

    @Test
    void packagesAreListedWithoutAdvisories() throws IOException {
        CommandRun table = berth("scan", layout, "--packages").successful();
        JsonNode json = json(berth("scan", layout, "--packages", "--output", "json"));

        assertThat(table.out())
                .contains("5 packages (4 deb, 1 npm)", "libssl3", "openssl", "node_modules/lodash/package.json");
        assertThat(json.get(0).path("packages").findValuesAsText("packageUrl"))
                .hasSize(5)
                .contains("pkg:npm/lodash@4.17.11");
    }

    @Test
    void programsGetWhatTheyRead() throws IOException {
        JsonNode sarif = json(scan(layout, "--output", "sarif"));
        JsonNode sbom = json(berth("scan", layout, "--packages", "--output", "cyclonedx"));

        assertThat(sarif.at("/version").asText()).isEqualTo("2.1.0");
        assertThat(sarif.at("/runs/0/results")).hasSize(6);
        assertThat(sbom.at("/specVersion").asText()).isEqualTo("1.6");
        assertThat(sbom.path("components").findValuesAsText("purl")).contains("pkg:npm/lodash@4.17.11");
    }

    @Test
    void anotherImageIsCompared() throws IOException {
        OciLayout.write(directory.resolve("newer"), "1.1", KnownWorld.image(TestImage.machine(), "3.0.15-1"));
        String newer = "oci:" + directory.resolve("newer");

        CommandRun forward =
                scan(layout, "--compare", newer, "--fail-on", "high").successful();
        CommandRun backward = scan(newer, "--compare", layout, "--fail-on", "high");
        CommandRun same = scan(layout, "--compare", layout, "--fail-on", "high").successful();

        assertThat(forward.out().lines())
                .anyMatch(line -> line.matches("openssl +deb +3.0.11-1~deb12u1 +3.0.15-1 +upgraded"))
                .contains("What is known against the first one only:")
                .doesNotContain("What is known against the second one only:");
        assertThat(forward.out()).contains("CVE-2026-0001").doesNotContain("CVE-2026-0003");
        assertThat(backward.exitCode()).as("%s", backward).isEqualTo(FOUND);
        assertThat(same.out()).contains("The packages are the same");
    }

    @Test
    void whatCannotBeScannedIsSaid() throws IOException, InterruptedException {
        String missing = directory.resolve("nothing").toString();
        String image = REGISTRY.address() + "/scan/nothing:1.0";

        berth("scan", layout, "--advisories", missing).failed(1, missing, "--packages");
        berth(
                        "scan",
                        layout,
                        "--advisories",
                        Files.createDirectory(directory.resolve("empty")).toString(),
                        "--cache",
                        missing)
                .failed(1, "no advisories", "all.zip");
        scan(image).failed(1, "scan/nothing");
        scan(missing + ".tar").failed(1, missing + ".tar");
        scan(layout, "--vex", directory.resolve("osv/CVE-2026-0001.json").toString())
                .failed(1, "list of accepted");
    }

    @Test
    void misuseIsExplained() {
        scan(layout, "--fail-on", "severe").failed(2, "severe", "negligible");
        scan(layout, "--output", "xml").failed(2, "xml", "json");
        scan(layout, "--packages", "--output", "sarif").failed(2, "--packages");
        scan(layout, "--compare", layout, "--output", "json").failed(2, "--compare");
        scan(layout, "--packages", "--fail-on", "high").failed(2, "--fail-on");
        scan(layout, "--platform", "linux").failed(2, "linux/arm64");
    }
}
