package dev.berth.examples.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Platform;
import dev.berth.registry.Reference;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.image.Compression;
import dev.berth.registry.image.ImageBuilder;
import dev.berth.registry.image.Layer;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.testing.TestRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The application of this example on a real Debian with a real Java runtime, as other people's programs see it. It takes
 * a minute or two: {@code mvn verify -Dberth.it.debootstrap=true}.
 */
@EnabledIfSystemProperty(
        named = "berth.it.debootstrap",
        matches = "true",
        disabledReason = "downloads Debian; set -Dberth.it.debootstrap=true to run it")
class DebianIT {
    private static final Path CLASSES = Path.of(System.getProperty("image-build.classes", "target/classes"));
    private static final Path LIBRARIES = Path.of(System.getProperty("image-build.lib", "target/lib"));
    private static final String MAIN = "dev.berth.examples.hello.Hello";
    private static final RepositoryName APP = RepositoryName.parse("team/hello");

    @TempDir
    private static Path dir;

    private static Path runtime;
    private static TestRegistry registry;

    @BeforeAll
    static void pushDebianWithJava() throws Exception {
        Programs.assumeInstalled("debootstrap", "apt-get", "tar", "rm", "skopeo", "umoci", "dockerd", "docker");
        assumeTrue("root".equals(System.getProperty("user.name")), "this test runs as root only");
        Path jlink = Path.of(System.getProperty("java.home"), "bin", "jlink");
        assumeTrue(Files.isExecutable(jlink), "this Java has no jlink");
        runtime = dir.resolve("java");
        Programs.run(
                jlink.toString(),
                "--add-modules=java.base",
                "--strip-debug",
                "--no-header-files",
                "--no-man-pages",
                "--output=" + runtime);
        registry = TestRegistry.start();
        ImageBuilder.fromScratch(platform())
                .layer(Layer.ofTar(BlobSource.of(debian())), "debootstrap")
                .cmd("bash")
                .pushTo(registry.registry(), RepositoryName.parse("debian"), Tag.parse("13"));
        assertThat(ImageBuild.run(
                        "runtime",
                        reference("debian:13"),
                        platform().toString(),
                        runtime.toString(),
                        reference("java:latest")))
                .isZero();
        assertThat(ImageBuild.run(
                        "application",
                        reference("java:latest"),
                        platform().toString(),
                        LIBRARIES.toString(),
                        CLASSES.toString(),
                        MAIN,
                        reference("team/hello:1.0")))
                .isZero();
    }

    @AfterAll
    static void stop() {
        if (registry != null) {
            registry.close();
        }
    }

    /** Returns Debian as a tar. */
    private static Path debian() throws IOException, InterruptedException {
        Path root = dir.resolve("rootfs");
        Path tar = dir.resolve("rootfs.tar");
        // Where this machine gets its own packages from.
        String mirror = Programs.run(
                        "apt-get",
                        "indextargets",
                        "--format",
                        "$(REPO_URI)",
                        "Created-By: Packages",
                        "Codename: trixie")
                .lines()
                .findFirst()
                .orElseThrow(() -> new AssertionError("apt has no source of trixie"));
        Programs.run("debootstrap", "--variant=minbase", "trixie", root.toString(), mirror);
        Programs.run("tar", "--create", "--file=" + tar, "--directory=" + root, ".");
        // JUnit would warn of each of its links.
        Programs.run("rm", "-r", "--one-file-system", root.toString());
        return tar;
    }

    private static Platform platform() {
        return Platform.of("linux", System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64");
    }

    private static String reference(String image) {
        return registry.reference(image).toString();
    }

    private static ImageManifest manifest(String tag) {
        return (ImageManifest) ManifestDocument.parse(
                registry.registry().repository(APP).manifests().get(Tag.parse(tag)));
    }

    private static String greeting(String name) {
        return "Hello, " + name + ", " + Digest.sha256(name.getBytes(StandardCharsets.UTF_8)) + "\n";
    }

    @Test
    void aDockerEnginePullsItAndRunsIt() throws Exception {
        ApplicationImage.of(Reference.parse(reference("java:latest")), platform(), LIBRARIES, CLASSES, MAIN)
                .compression(Compression.zstd())
                .pushTo(registry.registry(), APP, Tag.parse("zstd"));
        assertThat(manifest("zstd").layers().get(3).mediaType()).endsWith("+zstd");

        try (DockerEngine engine = DockerEngine.start()) {
            engine.docker("pull", "--quiet", reference("team/hello:1.0"));
            engine.docker("pull", "--quiet", reference("team/hello:zstd"));

            assertThat(engine.docker("run", "--rm", "--network=none", reference("team/hello:1.0")))
                    .isEqualTo(greeting("world"));
            assertThat(engine.docker("run", "--rm", "--network=none", reference("team/hello:zstd"), "Debian"))
                    .isEqualTo(greeting("Debian"));
            assertThat(engine.docker("image", "inspect", "--format", "{{.Id}}", reference("team/hello:1.0"))
                            .strip())
                    .isEqualTo(manifest("1.0").config().digest().toString());
            assertThat(engine.docker(
                            "run",
                            "--rm",
                            "--network=none",
                            "--entrypoint=cat",
                            reference("team/hello:1.0"),
                            "/etc/debian_version"))
                    .startsWith("13");
        }
    }

    @Test
    void skopeoAndUmociAgreeOnTheContent() throws Exception {
        Path layout = dir.resolve("layout");
        Path bundle = dir.resolve("bundle");
        String inspected =
                Programs.run("skopeo", "inspect", "--tls-verify=false", "docker://" + reference("team/hello:1.0"));
        Programs.run(
                "skopeo",
                "copy",
                "--src-tls-verify=false",
                "docker://" + reference("team/hello:1.0"),
                "oci:" + layout + ":1");
        Programs.run("umoci", "unpack", "--image", layout + ":1", bundle.toString());

        assertThat(inspected)
                .contains(
                        "\"JAVA_HOME=/opt/java\"",
                        "\"Architecture\": \"" + platform().architecture());
        assertThat(manifest("1.0").layers())
                .hasSize(4)
                .extracting(Descriptor::digest)
                .allSatisfy(digest -> assertThat(inspected).contains(digest.toString()));
        Path root = bundle.resolve("rootfs");
        Programs.run(
                "diff",
                "--recursive",
                runtime.toString(),
                root.resolve("opt/java").toString());
        Programs.run(
                "diff",
                "--recursive",
                LIBRARIES.toString(),
                root.resolve("app/lib").toString());
        Programs.run(
                "diff",
                "--recursive",
                CLASSES.toString(),
                root.resolve("app/classes").toString());
        assertThat(root.resolve("opt/java/bin/java")).isExecutable();
        // As files of their owner, whoever packed them.
        assertThat(Files.getAttribute(root.resolve("app/classes"), "unix:uid")).isEqualTo(0);
        Programs.run("rm", "-r", "--one-file-system", bundle.toString());
    }
}
