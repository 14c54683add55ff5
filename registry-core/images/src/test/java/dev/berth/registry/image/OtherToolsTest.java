package dev.berth.registry.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.berth.registry.Digest;
import dev.berth.registry.Platform;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.server.RegistryServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is built here, the tools of others read. */
class OtherToolsTest {
    private static final RepositoryName APP = RepositoryName.parse("team/app");
    private static final Platform AMD64 = Platform.of("linux", "amd64");

    private final Registry registry = Registries.empty();

    @TempDir
    Path dir;

    private static void assumeInstalled(String program) {
        assumeThat(Files.isExecutable(Path.of(program)))
                .as(program + " is installed")
                .isTrue();
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(String.join(" ", command) + "\n" + output)
                .isZero();
        return output;
    }

    private ImageBuilder image() throws IOException {
        Path tree = Files.createDirectories(dir.resolve("tree/sub"));
        Files.writeString(tree.resolve("file"), "on disk");
        Files.createSymbolicLink(tree.resolve("link"), Path.of("file"));
        return ImageBuilder.fromScratch(AMD64)
                .layer(Layer.builder()
                        .bytes("/etc/gone", "x".getBytes(StandardCharsets.UTF_8))
                        .bytes("/etc/kept", "x".repeat(200_000).getBytes(StandardCharsets.UTF_8))
                        .build())
                .layer(Layer.builder()
                        .contentOf("/opt", dir.resolve("tree"))
                        .bytes("/ünï/" + "long".repeat(40), "long".getBytes(StandardCharsets.UTF_8))
                        .bytes("/bin/run", "#!".getBytes(StandardCharsets.UTF_8), EntryAttributes.mode(0755))
                        .remove("/etc/gone")
                        .build())
                .entrypoint("/bin/run")
                .label("l", "v");
    }

    private RegistryServer serve() throws IOException {
        return RegistryServer.builder(registry).listen("127.0.0.1", 0).build().start();
    }

    private String address(RegistryServer server, String tag) {
        return "docker://127.0.0.1:" + server.uri().getPort() + "/" + APP + ":" + tag;
    }

    @Test
    void umociUnpacksWhatWasPacked() throws Exception {
        assumeInstalled("/usr/bin/skopeo");
        assumeInstalled("/usr/bin/umoci");
        image().pushTo(registry, APP, Tag.of("1"));
        try (RegistryServer server = serve()) {
            run(
                    "skopeo",
                    "copy",
                    "--src-tls-verify=false",
                    address(server, "1"),
                    "oci:" + dir.resolve("layout") + ":1");
        }
        run(
                "umoci",
                "unpack",
                "--rootless",
                "--image",
                dir.resolve("layout") + ":1",
                dir.resolve("bundle").toString());

        Path root = dir.resolve("bundle/rootfs");
        assertThat(root.resolve("etc/gone")).doesNotExist();
        assertThat(Files.size(root.resolve("etc/kept"))).isEqualTo(200_000);
        assertThat(root.resolve("opt/sub/file")).hasContent("on disk");
        assertThat(Files.readSymbolicLink(root.resolve("opt/sub/link"))).isEqualTo(Path.of("file"));
        assertThat(root.resolve("bin/run")).isExecutable();
        assertThat(run("find", root.toString(), "-name", "long*", "-size", "-2"))
                .contains("long".repeat(40));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "zstd"})
    void skopeoReadsEveryCompression(String method) throws Exception {
        assumeInstalled("/usr/bin/skopeo");
        Compression compression = switch (method) {
            case "none" -> Compression.none();
            case "gzip" -> Compression.gzip();
            default -> Compression.zstd();
        };
        IndexBuilder.create().image(image().compression(compression)).pushTo(registry, APP, Tag.of("1"));
        try (RegistryServer server = serve()) {
            assertThat(run("skopeo", "inspect", "--tls-verify=false", address(server, "1")))
                    .contains("\"Architecture\": \"amd64\"", "\"l\": \"v\"");
            // This decompresses the layers and compares them with the configuration's diff ids.
            run(
                    "skopeo",
                    "copy",
                    "--src-tls-verify=false",
                    address(server, "1"),
                    "docker-archive:" + dir.resolve("a.tar"));
        }

        List<Digest> diffIds = Registries.config(
                        registry, APP, index().manifests().get(0).digest())
                .diffIds();
        assertThat(run("tar", "tf", dir.resolve("a.tar").toString()).lines())
                .contains(diffIds.get(0).hex() + ".tar", diffIds.get(1).hex() + ".tar");
    }

    private ImageIndex index() {
        return (ImageIndex)
                ManifestDocument.parse(registry.repository(APP).manifests().get(Tag.of("1")));
    }
}
