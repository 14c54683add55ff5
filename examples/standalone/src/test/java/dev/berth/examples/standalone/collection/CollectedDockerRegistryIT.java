package dev.berth.examples.standalone.collection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.Content;
import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.DockerRegistryProcess;
import dev.berth.examples.standalone.programs.Programs;
import dev.berth.examples.standalone.programs.RegistryHttp;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Berth collects a directory that Docker's registry wrote, and Docker's registry serves it afterwards. */
@Tag("any-jdk")
class CollectedDockerRegistryIT {
    private static final int LAYER = 20_000;

    private final TestImage kept = TestImage.random(1, 2, LAYER);
    private final TestImage untagged = TestImage.random(2, 2, LAYER);
    private final TestImage deleted = TestImage.random(3, 2, LAYER);
    private final TestImage bySha512 = TestImage.random(4, 2, LAYER, "amd64", "sha512");
    private final List<TestImage> platforms = List.of(TestImage.random(5, 2, LAYER), TestImage.random(6, 2, LAYER));
    private final Content index = TestImage.index(List.of("amd64", "arm64"), platforms);
    private final Content alone = TestImage.json("application/octet-stream", "needed by nobody");

    @TempDir
    Path directory;

    private Path data;
    private Path layout;

    @BeforeEach
    void assumeDockerRegistry() {
        Programs.assumeInstalled("docker-registry");
        data = directory.resolve("data");
        layout = data.resolve("docker/registry/v2");
    }

    @Test
    void leavesWhatIsNeededAndNothingElse() throws IOException, InterruptedException {
        try (DockerRegistryProcess theirs = DockerRegistryProcess.serve(directory)) {
            RegistryHttp registry = theirs.http();
            push(registry);
            deleteImage(registry);
            interruptUpload(registry, "team/old");
            interruptUpload(registry, "team/new");
            // Killed, as it is.
        }
        leaveRemainsOfCrashes();
        age(layout.resolve("repositories/team/old/_uploads"));

        collect();

        for (Content blob : deleted.blobs()) {
            assertThat(dataOf(blob)).doesNotExist();
        }
        assertThat(dataOf(deleted.manifest())).doesNotExist();
        assertThat(dataOf(alone)).doesNotExist();
        assertThat(files(layout.resolve("repositories/team/old/_uploads"))).isEmpty();
        assertThat(files(layout.resolve("repositories/team/new/_uploads"))).isNotEmpty();
        try (DockerRegistryProcess theirs = DockerRegistryProcess.serve(directory)) {
            expectEverything(theirs.http());
            push(theirs.http());
            theirs.http().pushImage("team/gone", "1.0", deleted);
            theirs.http().expectImage("team/gone", "1.0", deleted);
            theirs.stop();
        }
        try (BerthProcess berth = BerthCommand.serve(data).start()) {
            expectEverything(berth.http());
        }
    }

    /** Nothing tells Berth that Docker's registry has written into a directory that it had indexed. */
    @Test
    void keepsWhatDockerRegistryHasAddedToAnIndexedDirectory() throws IOException, InterruptedException {
        TestImage ours = TestImage.random(7, 2, LAYER);
        try (BerthProcess berth = BerthCommand.serve(data).withDeletion().start()) {
            berth.http().pushImage("team/app", "ours", ours);
            berth.http().pushImage("team/app", "gone", deleted);
            RegistryHttp.expect(
                    202,
                    berth.http()
                            .delete("/v2/team/app/manifests/"
                                    + deleted.manifest().digest()));
            berth.stop();
        }
        try (DockerRegistryProcess theirs = DockerRegistryProcess.serve(directory)) {
            push(theirs.http());
            // It takes the blobs of the deleted image for present, and does not write them again.
            theirs.http().pushImage("team/again", "1.0", deleted);
            theirs.stop();
        }

        collect();

        try (DockerRegistryProcess theirs = DockerRegistryProcess.serve(directory)) {
            expectEverything(theirs.http());
            theirs.http().expectImage("team/app", "ours", ours);
            theirs.http().expectImage("team/again", "1.0", deleted);
            theirs.stop();
        }
    }

    private void collect() throws IOException, InterruptedException {
        BerthCommand.of("gc", "--storage", data.toString(), "--full", "--grace", "1s", "--wait")
                .run()
                .successful();
    }

    private void push(RegistryHttp registry) throws IOException, InterruptedException {
        registry.pushImage("team/app", "moved", untagged);
        registry.pushImage("team/app", "1.0", kept);
        registry.pushManifest("team/app", "moved", kept.manifest());
        registry.pushImage("team/sha512", "1.0", bySha512, "sha512");
        for (TestImage platform : platforms) {
            registry.pushImage("team/multi", platform.manifest().digest(), platform);
        }
        registry.pushManifest("team/multi", "1.0", index);
        registry.pushBlob("team/app", alone, "sha256");
    }

    private void deleteImage(RegistryHttp registry) throws IOException, InterruptedException {
        registry.pushImage("team/gone", "1.0", deleted);
        RegistryHttp.expect(
                202,
                registry.delete("/v2/team/gone/manifests/" + deleted.manifest().digest()));
    }

    private static void interruptUpload(RegistryHttp registry, String repository)
            throws IOException, InterruptedException {
        String location = registry.startUpload(repository);
        RegistryHttp.expect(
                202,
                registry.send(
                        "PATCH",
                        location,
                        BodyPublishers.ofByteArray(new byte[1000]),
                        "Content-Type",
                        "application/octet-stream"));
    }

    /** What was seen after power cuts: files without content, data that is short, and links that point nowhere. */
    private void leaveRemainsOfCrashes() throws IOException {
        Path repository = layout.resolve("repositories/team/app");
        Path tag = repository.resolve("_manifests/tags/empty/current/link");
        Files.createDirectories(tag.getParent());
        Files.createFile(tag);
        Path layer = repository.resolve("_layers/sha256/" + "ab".repeat(32) + "/link");
        Files.createDirectories(layer.getParent());
        Files.writeString(layer, "sha256:" + "ab".repeat(32));
        Path revision = repository.resolve("_manifests/revisions/sha256/" + "cd".repeat(32) + "/link");
        Files.createDirectories(revision.getParent());
        Files.createFile(revision);
        Path shortData = layout.resolve("blobs/sha256/ef/" + "ef".repeat(32) + "/data");
        Files.createDirectories(shortData.getParent());
        Files.writeString(shortData, "cut");
    }

    private static void age(Path uploads) throws IOException {
        Instant then = Instant.now().minus(Duration.ofDays(14));
        for (Path file : files(uploads)) {
            if (file.endsWith("startedat")) {
                Files.writeString(file, then.toString());
            }
            Files.setLastModifiedTime(file, FileTime.from(then));
        }
    }

    private void expectEverything(RegistryHttp registry) throws IOException, InterruptedException {
        registry.expectImage("team/app", "1.0", kept);
        registry.expectImage("team/app", "moved", kept);
        registry.expectImage("team/app", untagged.manifest().digest(), untagged);
        registry.expectImage("team/sha512", "1.0", bySha512, "sha512");
        registry.expectManifest("team/multi", "1.0", index);
        for (TestImage platform : platforms) {
            registry.expectImage("team/multi", platform.manifest().digest(), platform);
        }
        assertThat(registry.catalog()).contains("team/app", "team/multi", "team/sha512");
        assertThat(registry.tags("team/app")).contains("1.0", "moved");
    }

    private Path dataOf(Content content) {
        String hex = content.digest().substring("sha256:".length());
        return layout.resolve("blobs/sha256/" + hex.substring(0, 2) + "/" + hex + "/data");
    }

    private static List<Path> files(Path root) throws IOException {
        if (!Files.exists(root)) {
            return List.of();
        }
        try (var files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
