package dev.berth.examples.standalone.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.Content;
import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.ChildProcess;
import dev.berth.examples.standalone.programs.DockerEngine;
import dev.berth.examples.standalone.programs.DockerEngineExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What {@code berth copy} writes into a {@code docker-archive:} can be loaded; all else is refused with the reason. */
@ExtendWith(DockerEngineExtension.class)
@Tag("any-jdk")
class DockerArchiveIT {
    private static final String ATTESTATION = "application/vnd.in-toto+json";

    private static BerthProcess berth;

    @TempDir
    Path directory;

    @BeforeAll
    static void startServer() throws IOException, InterruptedException {
        berth = BerthCommand.serveFromMemory().start();
    }

    @AfterAll
    static void stopServer() {
        berth.close();
    }

    private Path archive() {
        return directory.resolve("app.tar");
    }

    private ChildProcess.Outcome save(String image, String... options) throws IOException, InterruptedException {
        return BerthCommand.of(concat(
                        options,
                        "copy",
                        "-q",
                        berth.hostAndPort() + "/" + image,
                        "docker-archive:" + archive() + ":team/app:1"))
                .run();
    }

    private static String[] concat(String[] last, String... first) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(List.of(last));
        return all.toArray(String[]::new);
    }

    private void expectRefused(ChildProcess.Outcome outcome, String... reasons) {
        assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(1);
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.err()).contains(reasons).doesNotContain("Exception");
        assertThat(archive()).doesNotExist();
        assertThat(directory).isEmptyDirectory();
    }

    /** Pushes a manifest with a layer as its descriptor says, and returns its descriptor. */
    private static Content push(String repository, String layerDescriptor, TestImage image)
            throws IOException, InterruptedException {
        Content manifest = TestImage.json(
                TestImage.MANIFEST,
                "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]}"
                        .formatted(TestImage.MANIFEST, image.config().descriptor("sha256"), layerDescriptor));
        berth.http().pushManifest(repository, manifest.digest(), manifest);
        return manifest;
    }

    private static String descriptor(Content layer, String mediaType, String more) {
        return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d%s}"
                .formatted(mediaType, layer.digest(), layer.bytes().length, more);
    }

    @Test
    void ofAnIndexWithAnAttestationTheImageIsSavedAndLoaded(DockerEngine engine)
            throws IOException, InterruptedException {
        TestImage image = TestImage.random(31, 2, 3000);
        berth.http().pushImage("provenance/app", "image", image);
        Content attestation = push("provenance/app", descriptor(image.layers().get(0), ATTESTATION, ""), image);
        Content index = TestImage.json(
                TestImage.INDEX,
                ("{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":["
                                + "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d,"
                                + "\"platform\":{\"os\":\"linux\",\"architecture\":\"amd64\"}},"
                                + "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d,"
                                + "\"platform\":{\"os\":\"unknown\",\"architecture\":\"unknown\"},"
                                + "\"annotations\":{\"vnd.docker.reference.type\":\"attestation-manifest\","
                                + "\"vnd.docker.reference.digest\":\"%s\"}}]}")
                        .formatted(
                                TestImage.INDEX,
                                TestImage.MANIFEST,
                                image.manifest().digest(),
                                image.manifest().bytes().length,
                                TestImage.MANIFEST,
                                attestation.digest(),
                                attestation.bytes().length,
                                image.manifest().digest()));
        berth.http().pushManifest("provenance/app", "1.0", index);

        assertThat(save("provenance/app:1.0").successful().out().strip())
                .isEqualTo(image.manifest().digest());
        engine.docker("load", "--input", archive().toString());
        assertThat(engine.docker("image", "inspect", "--format", "{{.Id}}", "team/app:1"))
                .isEqualTo(image.config().digest());
        engine.docker("rmi", "team/app:1");
        Files.delete(archive());

        expectRefused(save("provenance/app@" + attestation.digest()), "is an attestation");
    }

    @Test
    void foreignAndEncryptedLayersAreRefused() throws IOException, InterruptedException {
        TestImage image = TestImage.random(32, 1, 3000);
        berth.http().pushImage("odd/app", "image", image);
        Content layer = image.layers().get(0);
        Content foreign = push(
                "odd/app",
                descriptor(
                        layer,
                        "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
                        ",\"urls\":[\"https://layers.example/base\"]"),
                image);
        Content encrypted =
                push("odd/app", descriptor(layer, "application/vnd.oci.image.layer.v1.tar+gzip+encrypted", ""), image);

        expectRefused(save("odd/app@" + foreign.digest()), layer.digest(), "foreign", "https://layers.example/base");
        expectRefused(save("odd/app@" + encrypted.digest()), layer.digest(), "is encrypted");
        expectRefused(
                save("odd/app@" + encrypted.digest(), "--platform", "linux/amd64"), layer.digest(), "is encrypted");
    }

    @Test
    void aForeignLayerThatIsNowhereIsLeftOutOfACopyAndSaidSo() throws IOException, InterruptedException {
        TestImage image = TestImage.random(33, 1, 3000);
        berth.http().pushImage("foreign/app", "image", image);
        Content nowhere = TestImage.json("application/octet-stream", "{\"nowhere\":true}");
        Content manifest = push(
                "foreign/app",
                descriptor(
                        nowhere,
                        "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
                        ",\"urls\":[\"https://layers.example/base\"]"),
                image);

        ChildProcess.Outcome copied = BerthCommand.of(
                        "copy",
                        berth.hostAndPort() + "/foreign/app@" + manifest.digest(),
                        berth.hostAndPort() + "/foreign/copied:1")
                .run()
                .successful();

        assertThat(copied.err().lines().filter(line -> line.contains(nowhere.digest())))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line)
                        .contains("left out")
                        .contains("https://layers.example/base")
                        .doesNotContain("there already"));
    }

    @Test
    void namesThatDifferInTheHostAreToldApartAlsoInAGzippedArchive(DockerEngine engine)
            throws IOException, InterruptedException {
        List<TestImage> images = List.of(TestImage.random(34, 1, 2000), TestImage.random(35, 1, 2000));
        List<String> names = List.of("registry.one/team/app:1", "registry.two:5000/team/app:1");
        for (int i = 0; i < names.size(); i++) {
            berth.http().pushImage("hosts/app", "v" + i, images.get(i));
            String pulled = "localhost:" + berth.port() + "/hosts/app:v" + i;
            engine.docker("pull", pulled);
            engine.docker("tag", pulled, names.get(i));
            engine.docker("tag", pulled, "other/app:v" + i);
        }
        Path plain = directory.resolve("saved.tar");
        engine.docker("save", "--output", plain.toString(), names.get(0), names.get(1), "other/app:v0");
        ChildProcess.run(List.of("gzip", "--keep", plain.toString())).successful();

        for (String archive : List.of("docker-archive:" + plain, "docker-archive:" + plain + ".gz")) {
            assertThat(BerthCommand.of("ls", archive).run().successful().out().lines())
                    .containsExactlyInAnyOrder(names.get(0), names.get(1), "other/app:v0");
            for (int i = 0; i < names.size(); i++) {
                BerthCommand.of("copy", "-q", archive + ":" + names.get(i), berth.hostAndPort() + "/hosts/back:" + i)
                        .run()
                        .successful();
                assertThat(berth.http()
                                .getManifest("hosts/back", Integer.toString(i))
                                .body())
                        .asString(StandardCharsets.UTF_8)
                        .contains(images.get(i).config().digest());
            }
            ChildProcess.Outcome unclear = BerthCommand.of(
                            "copy", "-q", archive + ":team/app:1", berth.hostAndPort() + "/hosts/none:1")
                    .run();
            assertThat(unclear.exitCode()).as("%s", unclear).isEqualTo(1);
            assertThat(unclear.err()).contains("not clear", names.get(0), names.get(1));
            ChildProcess.Outcome absent = BerthCommand.of(
                            "copy", "-q", archive + ":registry.three/team/app:1", berth.hostAndPort() + "/hosts/none:1")
                    .run();
            assertThat(absent.exitCode()).as("%s", absent).isEqualTo(1);
            assertThat(absent.err()).contains("registry.three/team/app:1", names.get(0));
        }
    }
}
