package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.Podman;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running registry finds damaged blobs by itself; podman pushes the image again, and pulls it. */
class ScrubIT {
    @TempDir
    Path storage;

    @TempDir
    Path directory;

    @Test
    void whatIsDamagedIsPushedAgain() throws Exception {
        Podman podman = Podman.in(directory);
        Path context = directory.resolve("context");
        Files.createDirectories(context);
        Files.writeString(context.resolve("Containerfile"), "FROM scratch\nCOPY data /data\n");
        byte[] data = new byte[300_000];
        new Random(1).nextBytes(data);
        Files.write(context.resolve("data"), data);
        try (BerthProcess berth = BerthCommand.serve(storage)
                .with("REGISTRY_MAINTENANCE_SCRUB_INTERVAL", "1s")
                .start()) {
            String image = berth.hostAndPort() + "/team/app:1.0";
            podman.run("build", "--tag", image, context.toString());
            podman.run("push", "--tls-verify=false", image);
            // The layer, the configuration and the manifest.
            List<Path> files = blobs();
            assertThat(files).hasSize(3);
            for (Path file : files) {
                flip(file);
                berth.awaitLog(file.getParent().getFileName() + " does not have its digest");
            }
            assertThat(berth.http().head("/v2/team/app/manifests/1.0").statusCode())
                    .isEqualTo(404);

            podman.run("push", "--tls-verify=false", image);
            podman.run("rmi", "--all", "--force");
            podman.run("pull", "--tls-verify=false", image);
            podman.run("rmi", "--all", "--force");
        }
        assertThat(BerthCommand.of("scrub", "--storage", storage.toString())
                        .run()
                        .exitCode())
                .isZero();
    }

    private List<Path> blobs() throws IOException {
        try (Stream<Path> all = Files.walk(storage.resolve("docker/registry/v2/blobs"))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static void flip(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }
}
