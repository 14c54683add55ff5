package dev.berth.examples.standalone.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.Content;
import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.ChildProcess;
import dev.berth.examples.standalone.programs.DockerEngine;
import dev.berth.examples.standalone.programs.DockerRegistryProcess;
import dev.berth.examples.standalone.programs.Programs;
import dev.berth.examples.standalone.programs.RegistryHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Docker Engine runs the image as it runs {@code registry:2}. */
@Tag("any-jdk")
class ContainerIT {
    private static BuiltImage image;
    private static DockerEngine engine;

    @TempDir
    Path directory;

    @BeforeAll
    static void load() throws IOException, InterruptedException {
        image = BuiltImage.find();
        Programs.assumeInstalled("dockerd", "docker");
        Programs.assumeRoot();
        engine = DockerEngine.startWithPorts();
        engine.docker("load", "--input", image.archive().toString());
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        if (engine != null) {
            engine.close();
        }
    }

    private Path storage() throws IOException {
        return BuiltImage.owned(directory.resolve("registry"));
    }

    private static String mount(Path source, String target) {
        return "--volume=" + source + ":" + target;
    }

    /** The engine pushes the image to itself, and stops the registry at once. */
    @Test
    void whatWasAcknowledgedIsThereAfterAQuickStop() throws IOException, InterruptedException {
        Path storage = storage();
        try (Container berth = Container.run(
                engine,
                5000,
                mount(storage, "/var/lib/registry"),
                "--env=REGISTRY_HTTP_DRAINTIMEOUT=1s",
                image.name())) {
            String pushed = berth.hostAndPort() + "/team/berth:1";
            engine.docker("tag", image.name(), pushed);
            engine.docker("push", pushed);
            String unfinished = berth.http().startUpload("team/berth");

            assertThat(unfinished).isNotEmpty();
            assertThat(berth.stop()).isIn(0, 143);
            engine.docker("rmi", pushed);
            berth.startAgain();

            String pulled = berth.hostAndPort() + "/team/berth:1";
            engine.docker("pull", pulled);
            assertThat(id(pulled)).isEqualTo(id(image.name()));
            engine.docker("rmi", pulled);
            assertThat(Files.getAttribute(storage.resolve("docker"), "unix:uid"))
                    .isEqualTo(BuiltImage.USER);
        }
    }

    private static String id(String name) throws IOException, InterruptedException {
        return engine.docker("image", "inspect", "--format", "{{.Id}}", name);
    }

    @Test
    void variablesOfRegistry2HaveTheirEffectAndNothingElseIsWritable() throws IOException, InterruptedException {
        Programs.assumeInstalled("htpasswd");
        Path users = directory.resolve("users");
        ChildProcess.run(List.of(Programs.path("htpasswd"), "-B", "-b", "-c", users.toString(), "ci", "secret"))
                .successful();
        try (Container berth = Container.run(
                engine,
                5001,
                "--read-only",
                "--cap-drop=ALL",
                "--security-opt=no-new-privileges",
                "--memory=256m",
                mount(BuiltImage.owned(directory.resolve("elsewhere")), "/data"),
                mount(users, "/auth/users:ro"),
                "--env=REGISTRY_HTTP_ADDR=:5001",
                // A name, which the files of the image must be able to look up.
                "--env=REGISTRY_HTTP_DEBUG_ADDR=localhost:5002",
                "--env=REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY=/data",
                "--env=REGISTRY_AUTH_HTPASSWD_REALM=Berth",
                "--env=REGISTRY_AUTH_HTPASSWD_PATH=/auth/users",
                image.name())) {
            assertThat(berth.http().get("/v2/").statusCode()).isEqualTo(401);
            String host = berth.hostAndPort();
            engine.docker("login", "--username", "ci", "--password", "secret", host);
            engine.docker("tag", image.name(), host + "/team/berth");
            engine.docker("push", host + "/team/berth");
            engine.docker("rmi", host + "/team/berth");

            assertThat(directory.resolve("elsewhere/docker/registry/v2/repositories/team/berth"))
                    .isDirectory();
            assertThat(berth.log()).contains("stores in /data", "Health is at http://127.0.0.1:5002");
        }
    }

    @Test
    void aConfigurationFileReplacesThatOfTheImage() throws IOException, InterruptedException {
        Path file = Files.writeString(
                Files.createDirectories(directory.resolve("conf")).resolve("config.yml"), """
                version: 0.1
                storage: {inmemory: {}}
                http: {addr: ":5003"}
                """);
        // As registry:3 has it, the folder or the file; as registry:2 has it is the same place.
        try (Container berth =
                Container.run(engine, 5003, mount(file.getParent(), "/etc/distribution:ro"), image.name())) {
            assertThat(berth.log()).contains("stores in memory");
        }
        try (Container berth = Container.run(
                engine,
                5003,
                mount(file, "/etc/distribution/config.yml:ro"),
                image.name(),
                "serve",
                "/etc/docker/registry/config.yml")) {
            assertThat(berth.log()).contains("stores in memory");
        }
    }

    @Test
    void theDirectoryOfRegistry2IsServedByWhoMayWriteIt() throws IOException, InterruptedException {
        Programs.assumeInstalled("docker-registry");
        TestImage pushed = TestImage.random(2, 2, 50_000);
        try (DockerRegistryProcess theirs = DockerRegistryProcess.serve(directory)) {
            theirs.http().pushImage("team/app", "1.0", pushed);
            theirs.stop();
        }
        Path theirData = directory.resolve("data");

        ChildProcess.Outcome refused =
                engine.tryDocker("run", "--rm", mount(theirData, "/var/lib/registry"), image.name());

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err())
                .contains("belongs to user 0, and Berth runs as user 65532", "chown -R 65532", "--user 0");
        giveAway(theirData);
        try (Container berth = Container.run(engine, 5000, mount(theirData, "/var/lib/registry"), image.name())) {
            berth.http().expectImage("team/app", "1.0", pushed);
            RegistryHttp.expect(201, berth.http().putManifest("team/app", "again", pushed.manifest()));
        }
    }

    private static void giveAway(Path directory) throws IOException {
        try (Stream<Path> everything = Files.walk(directory)) {
            for (Path path : everything.toList()) {
                Files.setAttribute(path, "unix:uid", BuiltImage.USER);
            }
        }
    }

    @Test
    void aNamedVolumeNeedsNoPreparation() throws IOException, InterruptedException {
        Content blob = new Content("application/octet-stream", "blob".getBytes(StandardCharsets.UTF_8));
        engine.docker("volume", "create", "images");
        try (Container berth = Container.run(engine, 5000, "--volume=images:/var/lib/registry", image.name())) {
            berth.http().pushBlob("team/app", blob, "sha256");
            assertThat(berth.exec("java", "-jar", "berth.jar", "--version")
                            .successful()
                            .out())
                    .contains(image.version());
            assertThat(berth.exec("sh", "-c", "true").exitCode()).as("a shell").isNotZero();
        } finally {
            engine.tryDocker("volume", "rm", "images");
        }
    }
}
