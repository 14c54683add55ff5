package dev.berth.examples.benchmarks.load;

import dev.berth.examples.benchmarks.server.Server;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The image that is pulled: layers of 10 KB, of 20 KB three times, and a large one. The same bytes everywhere. */
public final class SampleImage {
    private static final String REPOSITORY = "bench/app";
    private static final String TAG = "1.0";
    private static final int SMALL = 10_240;
    private static final int MEDIUM = 20_480;

    private final Blob small;
    private final Blob large;
    private final Image image;

    /** With a large layer of this many bytes. */
    public SampleImage(int largeSize) {
        Random random = new Random(1);
        small = random(random, SMALL);
        large = random(random, largeSize);
        image = new Image(
                List.of(small, random(random, MEDIUM), random(random, MEDIUM), random(random, MEDIUM), large));
    }

    /** The path of the manifest. */
    public String manifestPath() {
        return "/v2/" + REPOSITORY + "/manifests/" + TAG;
    }

    /** The path of the layer of 10 KB. */
    public String smallPath() {
        return blobPath(small);
    }

    /** The path of the large layer. */
    public String largePath() {
        return blobPath(large);
    }

    /** Pushes the image, and reads it back. */
    public void push(Server server) throws IOException {
        try (Pusher pusher = new Pusher(server.uri())) {
            pusher.image(REPOSITORY, TAG, image);
            verify(pusher);
        }
    }

    /** Writes files that are served at the same paths, and reads them back. */
    public void write(Server server) throws IOException {
        Path root = server.directory().orElseThrow();
        for (Blob blob : List.of(small, large)) {
            Path file = root.resolve(blobPath(blob).substring(1));
            Files.createDirectories(file.getParent());
            try (OutputStream out = Files.newOutputStream(file)) {
                for (byte[] part : blob.parts()) {
                    out.write(part);
                }
            }
        }
        Path file = root.resolve(manifestPath().substring(1));
        Files.createDirectories(file.getParent());
        Files.write(file, image.manifest());
        try (Pusher pusher = new Pusher(server.uri())) {
            verify(pusher);
        }
    }

    private void verify(Pusher pusher) throws IOException {
        if (!Arrays.equals(pusher.get(manifestPath()), image.manifest())
                || !Blob.of(pusher.get(smallPath())).digest().equals(small.digest())
                || !Blob.of(pusher.get(largePath())).digest().equals(large.digest())) {
            throw new IOException("The server answers with other content than it was given");
        }
    }

    private static String blobPath(Blob blob) {
        return "/v2/" + REPOSITORY + "/blobs/" + blob.digest();
    }

    private static Blob random(Random random, int size) {
        byte[] content = new byte[size];
        random.nextBytes(content);
        return Blob.of(content);
    }
}
