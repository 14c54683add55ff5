package dev.berth.examples.standalone.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.CommandRun;
import dev.berth.examples.standalone.content.Content;
import dev.berth.examples.standalone.content.OciLayout;
import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.RegistryHttp;
import dev.berth.registry.testing.TestImages;
import dev.berth.registry.testing.TestRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code berth copy}, {@code ls}, {@code inspect} and {@code sync}, run in this process. */
class ImageCommandsTest {
    private static final int LAYER = 100_000;

    private static final TestRegistry SOURCE = TestRegistry.start();
    private static final TestRegistry TARGET = TestRegistry.start();

    private final RegistryHttp source = new RegistryHttp(SOURCE.uri());
    private final RegistryHttp target = new RegistryHttp(TARGET.uri());

    @TempDir
    Path directory;

    @AfterAll
    static void stopServers() {
        SOURCE.close();
        TARGET.close();
    }

    private static String at(TestRegistry server, String image) {
        return server.address() + "/" + image;
    }

    private static String run(String... arguments) {
        return CommandRun.run("", arguments).successful().out().strip();
    }

    private static void expectError(int exitCode, String[] arguments, String... about) {
        CommandRun.run("", arguments).failed(exitCode, about);
    }

    private static String[] words(String... words) {
        return words;
    }

    /** An index for amd64, arm64 and s390x. */
    private Content pushIndex(String repository, String tag) throws IOException, InterruptedException {
        List<String> architectures = List.of("amd64", "arm64", "s390x");
        List<TestImage> images = new ArrayList<>();
        for (int i = 0; i < architectures.size(); i++) {
            TestImage image = TestImage.random(10 + i, 1, LAYER, architectures.get(i), "sha256");
            source.pushImage(repository, image.manifest().digest(), image);
            images.add(image);
        }
        Content index = TestImage.index(architectures, images);
        source.pushManifest(repository, tag, index);
        return index;
    }

    @Test
    void copyWritesAndReadsALayout() throws IOException, InterruptedException {
        TestImage image = TestImage.random(2, 2, LAYER);
        source.pushImage("layout/app", "1.0", image);
        Path layout = directory.resolve("images");

        run("copy", at(SOURCE, "layout/app:1.0"), "oci:" + layout + ":one");
        run("copy", "oci:" + layout + ":one", at(TARGET, "layout/app:1.0"));
        run("copy", "oci:" + layout, at(TARGET, "layout/app:only"));

        new OciLayout(layout).expect(image);
        target.expectImage("layout/app", "1.0", image);
        target.expectImage("layout/app", "only", image);
        assertThat(run("ls", "oci:" + layout)).isEqualTo("one");
    }

    @Test
    void copyWritesAndReadsArchives() throws IOException, InterruptedException {
        TestImage image = TestImage.random(8, 2, LAYER);
        source.pushImage("archived/app", "1.0", image);
        pushIndex("archived/index", "1.0");
        Path docker = directory.resolve("docker.tar");
        Path oci = directory.resolve("oci.tar");

        run("copy", "-q", at(SOURCE, "archived/app:1.0"), "docker-archive:" + docker);
        run("copy", "-q", "docker-archive:" + docker, "oci-archive:" + oci + ":one");
        run("copy", "-q", "oci-archive:" + oci + ":one", at(TARGET, "archived/app:2.0"));

        target.expectImage("archived/app", "2.0", image);
        assertThat(run("ls", "docker-archive:" + docker)).isEqualTo("archived/app:1.0");
        assertThat(run("ls", "oci-archive:" + oci)).isEqualTo("one");
        String[] again = {"copy", "-q", at(SOURCE, "archived/app:1.0"), "docker-archive:" + docker};
        expectError(1, again, docker.toString(), "there already");
        expectError(
                2, words("copy", "oci-archive:" + oci, "docker-archive:x.tar"), "docker-archive:FILE:REPOSITORY:TAG");
        Path several = directory.resolve("several.tar");
        String[] index = {"copy", "-q", at(SOURCE, "archived/index:1.0"), "docker-archive:" + several + ":team/app:1"};
        expectError(1, index, "several platforms", "linux/amd64, linux/arm64, linux/s390x");
        run("copy", "-q", at(SOURCE, "archived/index:1.0"), index[3], "--platform", "linux/arm64");
        assertThat(run("ls", "docker-archive:" + several)).isEqualTo("team/app:1");
        expectError(
                1,
                words("copy", "-q", at(SOURCE, "archived/no:1"), "oci-archive:" + directory.resolve("no.tar")),
                "archived/no");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactlyInAnyOrder(docker, oci, several);
        }
    }

    @Test
    void lsListsRepositoriesAndTags() throws IOException, InterruptedException {
        TestImage image = TestImage.random(3, 1, LAYER);
        for (String tag : List.of("1", "1.0-alpine", "latest")) {
            source.pushImage("listed/app", tag, image);
        }

        assertThat(run("ls", SOURCE.address()).lines()).contains("listed/app");
        assertThat(run("ls", at(SOURCE, "listed/app")).lines()).containsExactly("1", "1.0-alpine", "latest");
        expectError(1, words("ls", at(SOURCE, "listed/none")), "listed/none");
    }

    @Test
    void inspectDescribesAnImage() throws IOException, InterruptedException {
        TestImage image = TestImage.random(4, 2, LAYER);
        source.pushImage("inspected/app", "1.0", image);
        String name = at(SOURCE, "inspected/app:1.0");

        assertThat(run("inspect", name))
                .contains(name, image.manifest().digest(), "linux/", "/file-0")
                .contains(image.layers().stream().map(Content::digest).toList());
        assertThat(run("inspect", name, "--raw")).isEqualTo(image.manifest().text());
        assertThat(run("inspect", name, "--config")).isEqualTo(image.config().text());
        byte[] json = run("inspect", name, "--json").getBytes(StandardCharsets.UTF_8);
        assertThat(new String(json, StandardCharsets.UTF_8))
                .contains("\"digest\" : \"" + image.manifest().digest() + "\"", "\"diff_ids\"");
    }

    @Test
    void aPlatformOfAnIndexIsSelected() throws IOException, InterruptedException {
        Content index = pushIndex("index/app", "1.0");
        String name = at(SOURCE, "index/app:1.0");

        assertThat(run("inspect", name)).contains(index.digest(), "linux/amd64", "linux/arm64", "linux/s390x");
        assertThat(run("inspect", name, "--platform", "linux/arm64", "--config"))
                .contains("arm64");
        expectError(1, words("inspect", name, "--config"), "--platform", "linux/amd64, linux/arm64, linux/s390x");
        expectError(
                1,
                words("copy", name, at(TARGET, "index/app:1.0"), "--platform", "linux/riscv64"),
                "linux/riscv64",
                "linux/amd64, linux/arm64, linux/s390x");

        Content outer = TestImage.json(
                TestImage.INDEX,
                "{\"schemaVersion\":2,\"mediaType\":\"%1$s\",\"manifests\":[{\"mediaType\":\"%1$s\",\"digest\":\"%2$s\",\"size\":%3$d}]}"
                        .formatted(TestImage.INDEX, index.digest(), index.size()));
        source.pushManifest("index/app", "outer", outer);
        assertThat(run("inspect", at(SOURCE, "index/app:outer"))).contains("Others:", index.digest(), TestImage.INDEX);

        String one = run("copy", "-q", name, at(TARGET, "index/app:one"), "--platform", "linux/arm64")
                .strip();
        String two = run("copy", "-q", name, at(TARGET, "index/app:two"), "--platform", "linux/arm64,linux/amd64")
                .strip();
        String all = run("copy", "-q", name, at(TARGET, "index/app:all"), "--platform", "all")
                .strip();

        assertThat(run("inspect", at(TARGET, "index/app:one"))).contains(one, "Platform:    linux/arm64");
        assertThat(run("inspect", at(TARGET, "index/app:two"))).contains(two).doesNotContain("s390x");
        assertThat(all).isEqualTo(index.digest());
    }

    @Test
    void syncPrintsAPlanAndExecutesIt() throws IOException, InterruptedException {
        TestImage first = TestImage.random(5, 1, LAYER);
        TestImage second = TestImage.random(6, 1, LAYER);
        source.pushImage("sync/app", "1.0", first);
        source.pushImage("sync/app", "1.1", second);
        source.pushImage("sync/app", "2.0", second);
        target.pushImage("sync/app", "1.0", second);
        target.pushImage("sync/app", "1.9", second);
        String[] plan = {
            "sync", at(SOURCE, "sync/app"), at(TARGET, "sync/app"), "--tags", "1.*", "--delete", "--dry-run", "-q"
        };
        String[] execution = {"sync", at(SOURCE, "sync/app"), at(TARGET, "sync/app"), "--tags", "1.*", "--delete", "-q"
        };

        assertThat(run(plan).lines())
                .anyMatch(line -> line.startsWith("move 1.0 "))
                .anyMatch(line -> line.startsWith("add 1.1 "))
                .anyMatch(line -> line.startsWith("delete 1.9 "))
                .hasSize(4);
        assertThat(target.tags("sync/app")).containsExactly("1.0", "1.9");

        assertThat(run(execution)).contains("done: 3 of 3");
        assertThat(target.tags("sync/app")).containsExactly("1.0", "1.1");
        target.expectImage("sync/app", "1.0", first);
        assertThat(run(plan)).isEqualTo("2 unchanged");
    }

    @Test
    void syncDryRunCreatesNoLayout() throws IOException, InterruptedException {
        source.pushImage("plan/app", "1.0", TestImage.random(7, 1, LAYER));
        Path layout = directory.resolve("images");

        assertThat(run("sync", at(SOURCE, "plan/app"), "oci:" + layout, "--dry-run"))
                .startsWith("add 1.0 ");
        assertThat(layout).doesNotExist();

        run("sync", "-q", at(SOURCE, "plan/app"), "oci:" + layout);
        assertThat(run("ls", "oci:" + layout)).isEqualTo("1.0");
    }

    @Test
    void aMissingSourceCreatesNoLayout() throws IOException, InterruptedException {
        Path layout = directory.resolve("images");

        expectError(1, words("copy", at(SOURCE, "nothing/app:1"), "oci:" + layout + ":1"), "nothing/app");
        expectError(1, words("sync", at(SOURCE, "nothing/app"), "oci:" + layout), "nothing/app");

        assertThat(layout).doesNotExist();
    }

    @Test
    void credentialsComeFromTheAuthFile() throws IOException, InterruptedException {
        try (TestRegistry registry = TestRegistry.builder()
                .basicAuth("alice", "open sesame")
                .image("guarded/app:1.0", TestImages.empty())
                .start()) {
            String auth = Base64.getEncoder().encodeToString("alice:open sesame".getBytes(StandardCharsets.UTF_8));
            Path file = Files.writeString(
                    directory.resolve("auth.json"),
                    "{\"auths\":{\"" + registry.address() + "\":{\"auth\":\"" + auth + "\"}}}");
            Path other = Files.writeString(directory.resolve("other.json"), "{\"auths\":{}}");

            assertThat(run("ls", registry.address(), "--auth-file", file.toString()))
                    .isEqualTo("guarded/app");
            expectError(1, words("ls", registry.address(), "--auth-file", other.toString()), registry.address());
            expectError(1, words("ls", registry.address(), "--auth-file", file + "x"), file + "x");
        }
    }

    @Test
    void unreachableAndMalformedSourcesAreReportedInOneSentence() throws IOException, InterruptedException {
        String to = at(TARGET, "wrong/app:1");
        Path empty = Files.createDirectory(directory.resolve("empty"));
        Files.writeString(empty.resolve("some-file"), "x");
        Path text = Files.writeString(directory.resolve("text.tar"), "not an archive");

        expectError(1, words("copy", at(SOURCE, "wrong/none:1"), to), "wrong/none", SOURCE.address());
        expectError(1, words("copy", "127.0.0.1:1/app:1", to), "127.0.0.1:1", "whether the server runs");
        expectError(1, words("copy", "oci:" + directory.resolve("none"), to), "none", "nothing is there");
        expectError(1, words("copy", "oci:" + empty, to), empty.toString(), "oci-layout");
        expectError(1, words("copy", "docker-archive:" + text, to), text.toString());
        expectError(1, words("copy", "oci-archive:" + text + ":1", to), text.toString());
        expectError(1, words("ls", SOURCE.address(), "--ca", "x=" + directory.resolve("none.pem")), "none.pem");
        expectError(1, words("ls", SOURCE.address(), "--trust-realm", "https://x/token"), "--trust-realm");
    }

    @Test
    void malformedArgumentsExitWithCode2() throws IOException, InterruptedException {
        String from = at(SOURCE, "wrong/app:1");

        expectError(2, words("copy", from), "DST", "berth copy --help");
        expectError(2, words("copy", from, "Oh/no:1:2"), "berth copy --help");
        expectError(2, words("copy", from, at(TARGET, "a:1@sha256:" + "0".repeat(64))), "a tag and a digest");
        expectError(2, words("sync", at(SOURCE, "a"), "oci-archive:out.tar"), "out.tar", "oci:DIRECTORY");
        expectError(2, words("copy", from, at(TARGET, "a"), "--platform", "arm64"), "arm64", "linux/arm64/v8");
        expectError(2, words("sync", from, at(TARGET, "a")), "names an image");
        expectError(2, words("sync", at(SOURCE, "a"), at(TARGET, "a"), "--tags", "a/b"), "a/b", "pattern");
        expectError(2, words("inspect", from, "--raw", "--json"), "--raw", "--json");
    }
}
