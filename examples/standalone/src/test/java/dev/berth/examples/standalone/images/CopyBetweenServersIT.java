package dev.berth.examples.standalone.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.Content;
import dev.berth.examples.standalone.content.OciLayout;
import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.ChildProcess;
import dev.berth.examples.standalone.programs.DockerRegistryProcess;
import dev.berth.examples.standalone.programs.Programs;
import dev.berth.examples.standalone.programs.RegistryHttp;
import dev.berth.examples.standalone.programs.Skopeo;
import dev.berth.registry.Digest;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.copy.CopyOptions;
import dev.berth.registry.copy.CopyResult;
import dev.berth.registry.copy.ImageCopier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images are copied between server processes, and third-party programs read the result. */
@Tag("any-jdk")
class CopyBetweenServersIT {
    private static final int LAYER = 300_000;

    @TempDir
    Path directory;

    private final ImageCopier copier = ImageCopier.create();

    private Path newDirectory(String name) throws IOException {
        return Files.createDirectory(directory.resolve(name));
    }

    @Test
    void anImageWithReferrersIsCopiedThroughDockerRegistryUnchanged() throws IOException, InterruptedException {
        Programs.assumeInstalled("docker-registry", "skopeo");
        TestImage image = TestImage.random(1, 3, LAYER);
        Content signature = signatureOf(image);
        try (BerthProcess first = BerthCommand.serve(directory.resolve("first")).start();
                DockerRegistryProcess second = DockerRegistryProcess.serve(newDirectory("second"));
                BerthProcess third =
                        BerthCommand.serve(directory.resolve("third")).start();
                Registry from = RemoteRegistry.at(first.hostAndPort());
                Registry between = RemoteRegistry.at(second.hostAndPort());
                Registry to = RemoteRegistry.at(third.hostAndPort())) {
            first.http().pushImage("team/app", "1.0", image);
            pushSignature(first.http(), "team/app", signature);
            CopyOptions withReferrers = CopyOptions.builder().referrers(true).build();

            copier.copy(
                    ImageLocation.of(from, "team/app:1.0"), ImageLocation.of(between, "other/app:1.0"), withReferrers);
            copier.copy(
                    ImageLocation.of(between, "other/app:1.0"), ImageLocation.of(to, "back/app:1.0"), withReferrers);

            second.http().expectImage("other/app", "1.0", image);
            third.http().expectImage("back/app", "1.0", image);
            Digest subject = Digest.parse(image.manifest().digest());
            assertThat(to.repository(RepositoryName.parse("back/app"))
                            .manifests()
                            .referrers(subject))
                    .singleElement()
                    .satisfies(
                            referrer -> assertThat(referrer.digest().toString()).isEqualTo(signature.digest()));
            Skopeo skopeo = new Skopeo(third.hostAndPort(), directory);
            OciLayout layout = new OciLayout(directory.resolve("pulled"));
            skopeo.copy(skopeo.docker("back/app:1.0"), "oci:" + layout.directory() + ":it");
            layout.expect(image);
        }
    }

    private static Content signatureOf(TestImage image) {
        Content empty = TestImage.json("application/vnd.oci.empty.v1+json", "{}");
        return TestImage.json(TestImage.MANIFEST, """
                {"schemaVersion":2,"mediaType":"%s","artifactType":"application/vnd.example.signature","config":%s,\
                "layers":[%s],"subject":%s}""".formatted(
                        TestImage.MANIFEST,
                        empty.descriptor("sha256"),
                        empty.descriptor("sha256"),
                        image.manifest().descriptor("sha256")));
    }

    private static void pushSignature(RegistryHttp registry, String repository, Content signature)
            throws IOException, InterruptedException {
        registry.pushBlob(repository, TestImage.json("application/vnd.oci.empty.v1+json", "{}"), "sha256");
        registry.pushManifest(repository, signature.digest(), signature);
    }

    @Test
    void aCopyWithinOneServerMountsBlobs() throws IOException, InterruptedException {
        TestImage image = TestImage.random(2, 3, LAYER);
        try (BerthProcess berth = BerthCommand.serveFromMemory().start();
                Registry registry = RemoteRegistry.at(berth.hostAndPort());
                Registry again = RemoteRegistry.at(berth.hostAndPort())) {
            berth.http().pushImage("team/app", "1.0", image);

            CopyResult result =
                    copier.copy(ImageLocation.of(registry, "team/app:1.0"), ImageLocation.of(again, "other/app:1.0"));

            assertThat(result.blobs().mounted()).isEqualTo(4);
            assertThat(result.blobs().bytesCopied()).isZero();
            berth.http().expectImage("other/app", "1.0", image);
            assertThat(berth.log().lines().filter(line -> line.contains("/v2/other/app/blobs/")))
                    .filteredOn(line -> line.contains("\"POST "))
                    .hasSize(4)
                    .allMatch(line -> line.contains("mount=sha256") && line.contains(" 201 "));
            assertThat(berth.log()).doesNotContain("\"PATCH ").doesNotContain("\"PUT /v2/other/app/blobs/");
        }
    }

    @Test
    void aCopyWithinDockerRegistryMountsBlobs() throws IOException, InterruptedException {
        Programs.assumeInstalled("docker-registry");
        TestImage image = TestImage.random(3, 2, LAYER);
        try (DockerRegistryProcess docker = DockerRegistryProcess.serve(newDirectory("docker"));
                Registry registry = RemoteRegistry.at(docker.hostAndPort())) {
            docker.http().pushImage("team/app", "1.0", image);

            CopyResult result = copier.copy(
                    ImageLocation.of(registry, "team/app:1.0"), ImageLocation.of(registry, "other/app:1.0"));

            assertThat(result.blobs().mounted()).isEqualTo(3);
            docker.http().expectImage("other/app", "1.0", image);
        }
    }

    @Test
    void anImageLargerThanTheHeapIsCopied() throws IOException, InterruptedException {
        TestImage image = TestImage.random(4, 4, 20_000_000);
        try (BerthProcess from = BerthCommand.serve(directory.resolve("from")).start();
                BerthProcess to = BerthCommand.serve(directory.resolve("to")).start()) {
            from.http().pushImage("big/app", "1.0", image);

            ChildProcess.Outcome outcome = BerthCommand.of(
                            "copy", from.hostAndPort() + "/big/app:1.0", to.hostAndPort() + "/big/app:1.0")
                    .heap("64m")
                    .run()
                    .successful();

            assertThat(outcome.out().strip()).isEqualTo(image.manifest().digest());
            to.http().expectImage("big/app", "1.0", image);
        }
    }
}
