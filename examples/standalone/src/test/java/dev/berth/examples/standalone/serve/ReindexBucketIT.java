package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.ChildProcess;
import dev.berth.examples.standalone.programs.DockerRegistryProcess;
import dev.berth.examples.standalone.programs.Programs;
import dev.berth.examples.standalone.programs.S3Bucket;
import dev.berth.examples.standalone.programs.UsesS3Gateway;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** {@code berth reindex} of a bucket that Docker's registry has written to. */
@UsesS3Gateway
@EnabledIfSystemProperty(
        named = "berth.it.long",
        matches = "true",
        disabledReason = "takes a minute; set -Dberth.it.long=true to run it")
@Tag("any-jdk")
class ReindexBucketIT {
    private static final int REPOSITORIES = 12;

    private final S3Bucket bucket;
    private final TestImage image = TestImage.random(1, 1, 1000);

    @TempDir
    Path directory;

    ReindexBucketIT(S3Bucket bucket) {
        this.bucket = bucket;
    }

    @BeforeEach
    void assumeDockerRegistry() {
        Programs.assumeInstalled("docker-registry");
    }

    private List<String> pushToDockersRegistry() throws IOException, InterruptedException {
        List<String> repositories = new ArrayList<>();
        try (DockerRegistryProcess theirs = DockerRegistryProcess.serve(bucket, directory)) {
            for (int i = 0; i < REPOSITORIES; i++) {
                repositories.add("theirs/%02d".formatted(i));
                theirs.http().pushImage(repositories.get(i), "1.0", image);
            }
            theirs.stop();
        }
        return repositories;
    }

    @Test
    void aKilledReindexResumes() throws IOException, InterruptedException {
        List<String> repositories = pushToDockersRegistry();
        try (ChildProcess first = bucket.reindex().launch()) {
            // When the second is reported, the progress of the first is stored.
            first.out()
                    .awaitLine("progress", line -> line.equals("indexed " + repositories.get(1)), ChildProcess.TIMEOUT);
            first.kill();
            assertThat(first.awaitExit().exitCode()).isNotZero();
        }

        ChildProcess.Outcome second = bucket.reindex().run().successful();

        assertThat(second.out().lines())
                .doesNotContain("indexed " + repositories.get(0))
                .contains("indexed " + repositories.get(REPOSITORIES - 1));
        try (BerthProcess berth = bucket.serve().start()) {
            assertThat(berth.http().catalog()).isEqualTo(repositories);
            for (String repository : repositories) {
                assertThat(berth.http().tags(repository)).containsExactly("1.0");
            }
        }
    }

    @Test
    void reindexKeepsConcurrentPushes() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (BerthProcess berth = bucket.serve().start()) {
            berth.http().pushImage("ours/first", "1.0", image);
            List<String> repositories = pushToDockersRegistry();

            Future<ChildProcess.Outcome> reindex =
                    thread.submit(() -> bucket.reindex().run().successful());
            List<String> all = new ArrayList<>(List.of("ours/first"));
            for (int i = 0; i == 0 || !reindex.isDone(); i++) {
                String repository = "ours/pushed-%03d".formatted(i);
                berth.http().pushImage(repository, "1.0", image);
                all.add(repository);
            }
            reindex.get(1, TimeUnit.MINUTES);

            all.addAll(repositories);
            assertThat(berth.http().catalog()).isEqualTo(all);
        } finally {
            thread.shutdownNow();
        }
    }
}
