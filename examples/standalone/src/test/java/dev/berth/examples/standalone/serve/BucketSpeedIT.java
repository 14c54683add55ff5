package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.examples.standalone.content.GeneratedContent;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.DockerRegistryProcess;
import dev.berth.examples.standalone.programs.Programs;
import dev.berth.examples.standalone.programs.RegistryHttp;
import dev.berth.examples.standalone.programs.S3Bucket;
import dev.berth.examples.standalone.programs.UsesS3Gateway;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Compares push and pull times with those of Docker's registry over the same gateway. */
@UsesS3Gateway
@Isolated("measures time")
class BucketSpeedIT {
    private static final int BYTES = 100_000_000;
    private static final int ROUNDS = 7;
    private static final int PULLS = 5;

    /** Rounds that are not counted, while the JVM warms up. */
    private static final int WARM_UP = 2;

    private final S3Bucket bucket;

    @TempDir
    Path directory;

    BucketSpeedIT(S3Bucket bucket) {
        this.bucket = bucket;
    }

    /** The duration of each round, in seconds. */
    private record Times(String who, List<Double> push, List<Double> pull) {
        Times(String who) {
            this(who, new ArrayList<>(), new ArrayList<>());
        }

        static double median(List<Double> seconds) {
            double[] sorted = seconds.subList(WARM_UP, seconds.size()).stream()
                    .mapToDouble(Double::doubleValue)
                    .sorted()
                    .toArray();
            return sorted[sorted.length / 2];
        }

        @Override
        public String toString() {
            return "%s: push %.2f s, pull %.2f s".formatted(who, median(push), median(pull));
        }
    }

    @Test
    void pushAndPullTakeNoLongerThanWithDockerRegistry() throws IOException, InterruptedException {
        assumeTrue(
                Boolean.getBoolean("berth.it.speed"),
                "measures time; -Dberth.it.speed=true switches it on, on a machine that does nothing else");
        Programs.assumeInstalled("docker-registry");
        Times ours = new Times("berth.jar");
        Times theirs = new Times("docker-registry");
        try (BerthProcess berth = bucket.serve().start();
                DockerRegistryProcess docker = DockerRegistryProcess.serve(bucket, directory)) {
            for (int round = 0; round < ROUNDS; round++) {
                measure(berth.http(), ours, 2 * round);
                measure(docker.http(), theirs, 2 * round + 1);
            }
        }
        double push = Times.median(ours.push()) / Times.median(theirs.push());
        double pull = Times.median(ours.pull()) / Times.median(theirs.pull());
        System.out.printf("%s%n%s%nratio: push %.2f, pull %.2f%n", ours, theirs, push, pull);

        // The tolerance is the noise between two runs of the same program.
        assertThat(Arrays.asList(push, pull)).allMatch(ratio -> ratio < 1.15);
    }

    private static void measure(RegistryHttp registry, Times times, long seed)
            throws IOException, InterruptedException {
        LargeBlobs blobs = new LargeBlobs(registry);
        String repository = "speed/" + times.who().replace('.', '-');
        GeneratedContent content = new GeneratedContent(seed, BYTES);
        String digest = content.digest();
        long start = System.nanoTime();
        blobs.uploadStreamed(repository, content, digest);
        times.push().add(secondsSince(start));
        for (int i = 0; i < PULLS; i++) {
            start = System.nanoTime();
            try (InputStream body = blobs.open(repository, digest).body()) {
                body.transferTo(OutputStream.nullOutputStream());
            }
            times.pull().add(secondsSince(start));
        }
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
