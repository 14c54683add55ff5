package dev.berth.examples.standalone.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.Content;
import dev.berth.examples.standalone.content.OciLayout;
import dev.berth.examples.standalone.content.TarArchive;
import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.ChildProcess;
import dev.berth.examples.standalone.programs.DockerEngine;
import dev.berth.examples.standalone.programs.DockerEngineExtension;
import dev.berth.examples.standalone.programs.Programs;
import dev.berth.examples.standalone.programs.Skopeo;
import java.io.IOException;
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

/** {@code berth copy} exchanges layouts and archives with Docker, skopeo and umoci. */
@ExtendWith(DockerEngineExtension.class)
@Tag("any-jdk")
class CopyFilesIT {
    private static final int LAYER = 300_000;

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

    private static String at(String image) {
        return berth.hostAndPort() + "/" + image;
    }

    private static String copy(String from, String to) throws IOException, InterruptedException {
        return BerthCommand.of("copy", "-q", from, to).run().successful().out().strip();
    }

    @Test
    void archivesOfDockerSaveAreCopiedAndPulledByTheEngine(DockerEngine engine)
            throws IOException, InterruptedException {
        TestImage image = TestImage.random(1, 3, LAYER);
        berth.http().pushImage("engine/app", "1.0", image);
        String pulled = "localhost:" + berth.port() + "/engine/app:1.0";
        engine.docker("pull", pulled);
        engine.docker("tag", pulled, "team/saved:2.0");
        Path one = directory.resolve("one.tar");
        Path two = directory.resolve("two.tar");
        engine.docker("save", "--output", one.toString(), "team/saved:2.0");
        engine.docker("save", "--output", two.toString(), "team/saved:2.0", pulled);
        engine.docker("rmi", pulled, "team/saved:2.0");

        copy("docker-archive:" + one, at("saved/one:1"));
        copy("docker-archive:" + two + ":team/saved:2.0", at("saved/two:1"));
        String names = BerthCommand.of("ls", "docker-archive:" + two)
                .run()
                .successful()
                .out();

        assertThat(names.lines()).contains("team/saved:2.0");
        for (String repository : List.of("saved/one", "saved/two")) {
            String back = "localhost:" + berth.port() + "/" + repository + ":1";
            engine.docker("pull", back);
            assertThat(engine.docker("image", "inspect", "--format", "{{.Id}}", back))
                    .isEqualTo(image.config().digest());
            engine.docker("rmi", back);
        }
    }

    @Test
    void layoutsAreExchangedWithSkopeo() throws IOException, InterruptedException {
        Programs.assumeInstalled("skopeo");
        TestImage image = TestImage.random(2, 2, LAYER);
        berth.http().pushImage("skopeo/from", "1.0", image);
        Skopeo skopeo = new Skopeo(berth.hostAndPort(), directory);
        Path theirs = directory.resolve("theirs");
        Path archive = directory.resolve("theirs.tar");
        Path ours = directory.resolve("ours");
        skopeo.copy(skopeo.docker("skopeo/from:1.0"), "oci:" + theirs + ":one");
        skopeo.copy(skopeo.docker("skopeo/from:1.0"), "oci-archive:" + archive + ":one");

        copy("oci:" + theirs + ":one", at("skopeo/to:1.0"));
        copy("oci-archive:" + archive + ":one", at("skopeo/to:2.0"));
        copy(at("skopeo/from:1.0"), "oci:" + ours + ":one");
        skopeo.copy("oci:" + ours + ":one", skopeo.docker("skopeo/back:1.0"));

        berth.http().expectImage("skopeo/to", "1.0", image);
        berth.http().expectImage("skopeo/to", "2.0", image);
        berth.http().expectImage("skopeo/back", "1.0", image);
    }

    @Test
    void aLayoutOfUmociIsCopied() throws IOException, InterruptedException {
        Programs.assumeInstalled("umoci", "skopeo");
        Path layout = directory.resolve("umoci");
        Path layer = Files.write(
                directory.resolve("layer.tar"),
                new TarArchive().file("etc/motd", new byte[LAYER]).bytes());
        umoci("init", "--layout", layout.toString());
        umoci("new", "--image", layout + ":one");
        umoci("raw", "add-layer", "--image", layout + ":one", layer.toString());

        String digest = copy("oci:" + layout + ":one", at("umoci/app:1.0"));

        Skopeo skopeo = new Skopeo(berth.hostAndPort(), directory);
        String read = skopeo.run("inspect", skopeo.docker("umoci/app:1.0"))
                .successful()
                .out();
        assertThat(read).contains(digest);
        skopeo.copy(skopeo.docker("umoci/app:1.0"), "oci:" + directory.resolve("pulled") + ":one");
    }

    private static void umoci(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Programs.path("umoci")));
        command.addAll(List.of(arguments));
        ChildProcess.run(command).successful();
    }

    @Test
    void aMissingOrCorruptBlobOfALayoutIsReportedByDigest() throws IOException, InterruptedException {
        TestImage image = TestImage.random(3, 2, LAYER);
        Content layer = image.layers().get(1);
        Path layout = OciLayout.write(directory.resolve("layout"), "one", image).directory();
        Path file = layout.resolve("blobs/" + layer.digest().replace(':', '/'));
        byte[] corrupt = layer.bytes();
        corrupt[LAYER / 2] ^= 1;

        Files.write(file, corrupt);
        expectFailure(layout, layer.digest(), "digest");
        Files.delete(file);
        expectFailure(layout, layer.digest());

        Files.write(file, layer.bytes());
        copy("oci:" + layout + ":one", at("damaged/app:1.0"));
        berth.http().expectImage("damaged/app", "1.0", image);
    }

    private static void expectFailure(Path layout, String... about) throws IOException, InterruptedException {
        ChildProcess.Outcome outcome = BerthCommand.of("copy", "-q", "oci:" + layout + ":one", at("damaged/app:1.0"))
                .run();

        assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(1);
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.err()).contains(about).contains(layout.toString()).doesNotContain("Exception");
        assertThat(berth.http().getManifest("damaged/app", "1.0").statusCode()).isEqualTo(404);
    }
}
