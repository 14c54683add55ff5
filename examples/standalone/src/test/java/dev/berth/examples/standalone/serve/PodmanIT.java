package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.Podman;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** podman pulls the parts of a layer that it lacks, as several ranges of a blob in one request. */
@Tag("any-jdk")
class PodmanIT {
    private static final int FILES = 400;
    private static final int FILE_BYTES = 10_000;
    private static final Pattern BLOB_SENT = Pattern.compile("\"GET /v2/app/blobs/\\S+ HTTP/1.1\" (\\d+) (\\d+) ");

    @TempDir
    Path storage;

    @TempDir
    Path directory;

    private final Random random = new Random(1);

    private void write(Path context, int file) throws IOException {
        byte[] content = new byte[FILE_BYTES];
        random.nextBytes(content);
        Files.write(context.resolve("data").resolve("file" + file), content);
    }

    @Test
    void onlyTheChangedFilesOfALayerArePulled() throws Exception {
        Podman podman = Podman.in(directory);
        Path context = directory.resolve("context");
        Files.createDirectories(context.resolve("data"));
        Files.writeString(context.resolve("Containerfile"), "FROM scratch\nCOPY data /data\n");
        for (int i = 0; i < FILES; i++) {
            write(context, i);
        }
        String log;
        try (BerthProcess berth = BerthCommand.serve(storage).start()) {
            String image = berth.hostAndPort() + "/app:";
            push(podman, image + "1", context);
            // Far apart, so that they are ranges of their own.
            write(context, 10);
            write(context, 200);
            write(context, 390);
            push(podman, image + "2", context);
            podman.run("rmi", "--all", "--force");

            podman.run("pull", "--tls-verify=false", image + "1");
            podman.run("pull", "--tls-verify=false", image + "2");

            podman.run("rmi", "--all", "--force");
            berth.stop();
            log = berth.log();
        }
        String secondPull = log.substring(log.indexOf("GET /v2/app/manifests/2"));
        long sent = 0;
        int partial = 0;
        Matcher blobs = BLOB_SENT.matcher(secondPull);
        while (blobs.find()) {
            sent += Long.parseLong(blobs.group(2));
            partial += blobs.group(1).equals("206") ? 1 : 0;
        }
        // The table of contents, and the files.
        assertThat(partial).as(secondPull).isEqualTo(2);
        assertThat(sent).as(secondPull).isBetween(3L * FILE_BYTES, 100_000L).isLessThan(FILES * FILE_BYTES / 20L);
    }

    private static void push(Podman podman, String image, Path context) throws IOException, InterruptedException {
        podman.run("build", "--quiet", "--timestamp", "0", "--tag", image, context.toString());
        podman.run("push", "--tls-verify=false", "--compression-format", "zstd:chunked", "--force-compression", image);
    }
}
