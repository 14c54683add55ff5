package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.Content;
import dev.berth.examples.standalone.content.TarArchive;
import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.ChildProcess;
import dev.berth.examples.standalone.programs.Debian;
import dev.berth.examples.standalone.programs.DockerEngine;
import dev.berth.examples.standalone.programs.DockerEngineExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A real Docker Engine pushes to berth.jar and pulls from it. */
@ExtendWith(DockerEngineExtension.class)
@Tag("any-jdk")
class DockerEngineIT {
    private final DockerEngine engine;

    @TempDir
    Path directory;

    DockerEngineIT(DockerEngine engine) {
        this.engine = engine;
    }

    /** The commands of the README, with a locally imported image. */
    @Test
    void theQuickStartOfTheReadmeWorks() throws IOException, InterruptedException {
        Path storage = directory.resolve("berth-data");
        engine.docker("import", rootFileSystem().toString(), "ubuntu");
        String id = idOf("ubuntu");
        int port;
        String image;
        try (BerthProcess berth = BerthCommand.serve(storage).start()) {
            port = berth.port();
            image = "localhost:" + port + "/my-ubuntu";

            engine.docker("tag", "ubuntu", image);
            engine.docker("push", image);
            engine.docker("rmi", "ubuntu", image);
            assertThat(engine.tryDocker("image", "inspect", id).exitCode()).isNotZero();
            engine.docker("pull", image);
            assertThat(idOf(image)).isEqualTo(id);

            berth.stop();
        }
        engine.docker("rmi", image);
        assertThat(engine.tryDocker("pull", image).exitCode())
                .as("the server is stopped")
                .isNotZero();
        BerthCommand again = BerthCommand.of("serve", "--listen", "127.0.0.1:" + port, "--storage", storage.toString());
        try (BerthProcess berth = again.start()) {
            engine.docker("pull", image);

            assertThat(idOf(image)).isEqualTo(id);
            assertThat(berth.http().catalog()).containsExactly("my-ubuntu");
        } finally {
            engine.tryDocker("rmi", image);
        }
    }

    private Path rootFileSystem() throws IOException {
        byte[] binary = new byte[3_000_000];
        new Random(1).nextBytes(binary);
        byte[] tar = new TarArchive()
                .file("etc/os-release", "ID=ubuntu\n".getBytes(StandardCharsets.UTF_8))
                .file("bin/sh", binary)
                .bytes();
        return Files.write(directory.resolve("rootfs.tar"), tar);
    }

    private String idOf(String image) throws IOException, InterruptedException {
        return engine.docker("image", "inspect", "--format", "{{.Id}}", image);
    }

    @Test
    void aPulledImageIsPushedToAnotherRepository() throws IOException, InterruptedException {
        TestImage image = TestImage.random(20, 4, 500_000);
        try (BerthProcess berth = BerthCommand.serve(directory.resolve("data")).start()) {
            berth.http().pushImage("team/app", "1.0", image);
            String pulled = "localhost:" + berth.port() + "/team/app:1.0";
            String pushed = "localhost:" + berth.port() + "/other/app:2.0";

            engine.docker("pull", pulled);
            assertThat(idOf(pulled)).isEqualTo(image.config().digest());
            engine.docker("tag", pulled, pushed);
            engine.docker("push", pushed);

            for (Content blob : image.blobs()) {
                berth.http().expectBlob("other/app", blob, "sha256");
            }
            engine.docker("rmi", pulled, pushed);
            engine.docker("pull", pushed);
            assertThat(idOf(pushed)).isEqualTo(image.config().digest());
            engine.docker("rmi", pushed);
        }
    }

    @Test
    void aMissingImageIsManifestUnknown() throws IOException, InterruptedException {
        try (BerthProcess berth = BerthCommand.serveFromMemory().start()) {
            ChildProcess.Outcome outcome = engine.tryDocker("pull", "localhost:" + berth.port() + "/team/none:1.0");

            assertThat(outcome.exitCode()).isNotZero();
            assertThat(outcome.err()).contains("manifest unknown");
        }
    }

    /** About 100 MB compressed, in a minute or two: {@code mvn verify -Dberth.it.debootstrap=true}. */
    @Test
    @EnabledIfSystemProperty(
            named = "berth.it.debootstrap",
            matches = "true",
            disabledReason = "downloads Debian; set -Dberth.it.debootstrap=true to run it")
    void aDebianImageIsPushedAndPulled() throws IOException, InterruptedException {
        Path tar = Debian.rootFileSystem(directory);
        try (BerthProcess berth =
                BerthCommand.serve(directory.resolve("data")).heap("64m").start()) {
            String image = "localhost:" + berth.port() + "/debian:trixie";
            engine.docker("import", tar.toString(), image);
            String id = idOf(image);

            engine.docker("push", image);
            engine.docker("rmi", image);
            engine.docker("pull", image);

            assertThat(idOf(image)).isEqualTo(id);
            engine.docker("rmi", image);
        }
    }
}
