package dev.berth.examples.standalone.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.ChildProcess;
import dev.berth.examples.standalone.programs.DockerEngine;
import dev.berth.examples.standalone.programs.DockerRegistryProcess;
import dev.berth.examples.standalone.programs.Podman;
import dev.berth.examples.standalone.programs.Programs;
import dev.berth.examples.standalone.programs.Skopeo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients pull through the mirror of {@code examples/mirror}, set up with its files: each with names that are those of the
 * upstream registries, and again when these are gone.
 */
@Tag("any-jdk")
class MirrorClientsIT {
    private final TestImage app = TestImage.random(1, 3, 300_000);
    private final TestImage tool = TestImage.random(2, 2, 200_000);

    @TempDir
    Path directory;

    private DockerRegistryProcess hub;
    private DockerRegistryProcess registry;
    private MirrorExample example;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        Programs.assumeInstalled("docker-registry");
        hub = DockerRegistryProcess.serve(Files.createDirectories(directory.resolve("hub")));
        registry = DockerRegistryProcess.serve(Files.createDirectories(directory.resolve("registry")));
        hub.http().pushImage("library/app", "1.0", app);
        registry.http().pushImage("tools/tool", "2.0", tool);
        example = MirrorExample.start(Files.createDirectories(directory.resolve("mirror")), hub, registry);
    }

    @AfterEach
    void stop() {
        example.close();
        hub.close();
        registry.close();
    }

    private void killUpstream() {
        hub.close();
        registry.close();
    }

    @Test
    void aDockerEngineWithAMirrorOfItsRegistryPullsAndPushes() throws IOException, InterruptedException {
        Programs.assumeInstalled("dockerd", "docker");
        Programs.assumeRoot();
        String mine = example.address() + "/team/app:1.0";
        String other = example.address() + "/registry.example/tools/tool:2.0";
        Path settings = example.file("daemon.json");

        try (DockerEngine engine = DockerEngine.start("--config-file=" + settings)) {
            engine.docker("pull", "library/app:1.0");
            assertThat(id(engine, "library/app:1.0")).isEqualTo(app.config().digest());
            engine.docker("pull", other);

            // The same server takes what is pushed.
            engine.docker("tag", "library/app:1.0", mine);
            engine.docker("push", mine);
        }
        killUpstream();

        // Another engine, which has nothing.
        try (DockerEngine engine = DockerEngine.start("--config-file=" + settings)) {
            engine.docker("pull", "library/app:1.0");
            assertThat(id(engine, "library/app:1.0")).isEqualTo(app.config().digest());
            engine.docker("rmi", "library/app:1.0");
            engine.docker("pull", mine);
            assertThat(id(engine, mine)).isEqualTo(app.config().digest());
            engine.docker("pull", other);
            assertThat(id(engine, other)).isEqualTo(tool.config().digest());
        }
    }

    private static String id(DockerEngine engine, String image) throws IOException, InterruptedException {
        return engine.docker("image", "inspect", "--format", "{{.Id}}", image);
    }

    @Test
    void containerdSaysForWhichRegistryItAsks() throws IOException, InterruptedException {
        Programs.assumeInstalled("dockerd", "ctr");
        Programs.assumeRoot();
        example.file("certs.d/hub.example/hosts.toml");
        Path hosts =
                example.file("certs.d/registry.example/hosts.toml").getParent().getParent();
        List<String> images = List.of("hub.example/library/app:1.0", "registry.example/tools/tool:2.0");

        try (DockerEngine engine = DockerEngine.start()) {
            for (String image : images) {
                pull(engine, hosts, image);
            }
        }
        killUpstream();
        try (DockerEngine engine = DockerEngine.start()) {
            for (String image : images) {
                pull(engine, hosts, image);
            }
        }
        example.berth().awaitLog("ns=hub.example");
    }

    private static void pull(DockerEngine engine, Path hosts, String image) throws IOException, InterruptedException {
        List<String> ctr =
                List.of(Programs.path("ctr"), "--address", engine.containerd().toString(), "images");
        List<String> pull = new ArrayList<>(ctr);
        pull.addAll(List.of("pull", "--snapshotter", "native", "--hosts-dir", hosts.toString(), image));
        ChildProcess.run(pull).successful();
        List<String> list = new ArrayList<>(ctr);
        list.addAll(List.of("list", "--quiet"));
        assertThat(ChildProcess.run(list).successful().out()).contains(image);
    }

    @Test
    void podmanAndSkopeoRewriteTheBeginningOfNames() throws IOException, InterruptedException {
        Path registries = example.file("registries.conf");

        Podman podman = Podman.in(Files.createDirectories(directory.resolve("podman")))
                .with("CONTAINERS_REGISTRIES_CONF", registries.toString());
        podman.run("pull", "--quiet", "hub.example/library/app:1.0");
        podman.run("rmi", "--all", "--force");
        Skopeo skopeo = skopeo("skopeo", registries);
        assertThat(digest(skopeo)).isEqualTo(tool.manifest().digest());
        skopeo.copy(skopeo.docker("tools/tool:2.0"), "oci:" + directory.resolve("first") + ":x");
        killUpstream();

        podman.run("pull", "--quiet", "hub.example/library/app:1.0");
        podman.run("rmi", "--all", "--force");
        Skopeo fresh = skopeo("fresh", registries);
        assertThat(digest(fresh)).isEqualTo(tool.manifest().digest());
        fresh.copy(fresh.docker("tools/tool:2.0"), "oci:" + directory.resolve("second") + ":x");
    }

    private Skopeo skopeo(String name, Path registries) throws IOException {
        return new Skopeo("registry.example", Files.createDirectories(directory.resolve(name))).registries(registries);
    }

    private static String digest(Skopeo skopeo) throws IOException, InterruptedException {
        return skopeo.run("inspect", "--no-tags", "--format", "{{.Digest}}", skopeo.docker("tools/tool:2.0"))
                .successful()
                .out()
                .strip();
    }
}
