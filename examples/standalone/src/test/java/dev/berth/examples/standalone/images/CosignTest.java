package dev.berth.examples.standalone.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.CommandRun;
import dev.berth.examples.standalone.content.Content;
import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.ChildProcess;
import dev.berth.examples.standalone.programs.Cosign;
import dev.berth.examples.standalone.programs.RegistryHttp;
import dev.berth.registry.testing.TestRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** cosign verifies at the target what {@code berth copy} and {@code berth sync} brought there. */
class CosignTest {
    private static final TestRegistry REGISTRY = TestRegistry.start();

    private final RegistryHttp registry = new RegistryHttp(REGISTRY.uri());

    @TempDir
    Path directory;

    private Cosign cosign;

    @BeforeEach
    void makeKeys() throws IOException, InterruptedException {
        cosign = Cosign.in(directory).withKeys();
    }

    @AfterAll
    static void stopServer() {
        REGISTRY.close();
    }

    private static String at(String image) {
        return REGISTRY.address() + "/" + image;
    }

    private void sign(String repository, Content manifest) throws IOException, InterruptedException {
        cosign.sign(at(repository + "@" + manifest.digest())).successful();
    }

    private ChildProcess.Outcome verify(String image) throws IOException, InterruptedException {
        return cosign.verify(at(image));
    }

    private static CommandRun berth(String... arguments) {
        return CommandRun.run("", arguments).successful();
    }

    private static String tag(Content manifest) {
        return manifest.digest().replace(':', '-') + ".sig";
    }

    @Test
    void signaturesOfAnIndexAndItsImagesAreCopied() throws IOException, InterruptedException {
        List<TestImage> images = List.of(
                TestImage.random(51, 1, 2000, "amd64", "sha256"), TestImage.random(52, 1, 2000, "arm64", "sha256"));
        for (TestImage image : images) {
            registry.pushImage("signed/app", "image", image);
        }
        Content index = TestImage.index(List.of("amd64", "arm64"), images);
        registry.pushManifest("signed/app", "v1", index);
        registry.pushImage("signed/app", "w1", images.get(1));
        sign("signed/app", index);
        sign("signed/app", images.get(0).manifest());

        CommandRun without = berth("copy", "-q", at("signed/app:v1"), at("without/app:v1"));
        berth("copy", "-q", "--referrers", at("signed/app:v1"), at("copied/app:v1"));
        berth("sync", "-q", "--referrers", "--tags", "v*", at("signed/app"), at("synced/app"));
        CommandRun platform = berth(
                "copy", "-q", "--referrers", "--platform", "linux/amd64", at("signed/app:v1"), at("platform/app:v1"));

        assertThat(without.err().lines()).hasSize(1);
        assertThat(without.err()).contains(tag(index), "--referrers");
        assertThat(verify("without/app:v1").exitCode()).isNotZero();
        for (String repository : List.of("copied/app", "synced/app")) {
            verify(repository + ":v1").successful();
            verify(repository + "@" + images.get(0).manifest().digest()).successful();
            assertThat(registry.tags(repository))
                    .containsExactlyInAnyOrder(
                            "v1", tag(index), tag(images.get(0).manifest()));
        }
        verify("platform/app:v1").successful();
        assertThat(platform.err().lines()).hasSize(1);
        assertThat(platform.err())
                .contains("do not follow", tag(index), images.get(0).manifest().digest());
    }

    @Test
    void signaturesGoThroughALayout() throws IOException, InterruptedException {
        TestImage image = TestImage.random(53, 1, 2000);
        registry.pushImage("signed/one", "v1", image);
        sign("signed/one", image.manifest());
        Path layout = directory.resolve("layout");

        berth("copy", "-q", "--referrers", at("signed/one:v1"), "oci:" + layout + ":v1");
        berth("copy", "-q", "--referrers", "oci:" + layout + ":v1", at("back/one:v1"));

        verify("back/one:v1").successful();
    }
}
