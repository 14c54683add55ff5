package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.KillsS3Gateway;
import dev.berth.examples.standalone.programs.RegistryHttp;
import dev.berth.examples.standalone.programs.S3Bucket;
import dev.berth.examples.standalone.programs.S3Gateway;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Two registries over one bucket, without knowledge of each other. */
@KillsS3Gateway
@EnabledIfSystemProperty(
        named = "berth.it.long",
        matches = "true",
        disabledReason = "takes a minute; set -Dberth.it.long=true to run it")
@Tag("any-jdk")
class TwoNodesIT {
    private static final int PUSHERS = 8;
    private static final int REPOSITORIES = 3;
    private static final int TAGS = 200;

    private final S3Gateway gateway;
    private final S3Bucket bucket;
    private final List<Node> nodes = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(16);

    TwoNodesIT(S3Gateway gateway, S3Bucket bucket) {
        this.gateway = gateway;
        this.bucket = bucket;
    }

    @BeforeEach
    void startNodes() throws IOException, InterruptedException {
        nodes.add(Node.start(bucket));
        nodes.add(Node.start(bucket));
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        nodes.forEach(Node::close);
    }

    private List<RegistryHttp> registries() {
        return nodes.stream().map(Node::http).toList();
    }

    /** Kills random registries during pushes, and the gateway once. */
    @Test
    void acknowledgedContentSurvivesCrashesOfNodesAndService() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        PushJournal journal = new PushJournal();
        Semaphore pushed = new Semaphore(0);
        AtomicBoolean stopped = new AtomicBoolean();
        List<RegistryHttp> registries = registries();
        List<Future<Void>> pushers = new ArrayList<>();
        for (int i = 0; i < PUSHERS; i++) {
            pushers.add(threads.submit(new ClusterPusher(
                    registries,
                    journal,
                    "pushed/" + i % REPOSITORIES,
                    "pusher" + i,
                    new Random(random.nextLong()),
                    pushed,
                    stopped)));
        }

        for (int round = 0; round < 3; round++) {
            await(pushed, 3 + random.nextInt(8));
            Node victim = nodes.get(random.nextInt(nodes.size()));
            victim.kill();
            await(pushed, 3);
            if (round == 1) {
                gateway.kill();
                gateway.start();
            }
            victim.startAgain();
        }
        await(pushed, 10);
        stopped.set(true);
        for (Future<Void> pusher : pushers) {
            pusher.get(2, TimeUnit.MINUTES);
        }

        for (RegistryHttp registry : registries) {
            journal.verify(registry);
        }
        for (Node node : nodes) {
            assertThat(node.process().stop().err())
                    .as("with the seed %s", seed)
                    .doesNotContain("NullPointerException", "IllegalStateException");
        }
    }

    private static void await(Semaphore pushed, int count) throws InterruptedException {
        assertThat(pushed.tryAcquire(count, 2, TimeUnit.MINUTES))
                .as("%s images pushed", count)
                .isTrue();
    }

    @Test
    void concurrentPushesOfTagsToTwoNodesLoseNone() throws Exception {
        TestImage image = TestImage.random(1, 1, 1000);
        List<RegistryHttp> registries = registries();
        registries.get(0).pushImage("team/app", "first", image);

        List<Future<Void>> pushes = new ArrayList<>();
        for (int i = 0; i < TAGS; i++) {
            String tag = tag(i);
            RegistryHttp registry = registries.get(i % registries.size());
            pushes.add(threads.submit(() -> {
                registry.pushManifest("team/app", tag, image.manifest());
                return null;
            }));
        }
        for (Future<Void> push : pushes) {
            push.get(2, TimeUnit.MINUTES);
        }

        for (RegistryHttp registry : registries) {
            assertThat(registry.tags("team/app"))
                    .hasSize(TAGS + 1)
                    .containsAll(
                            IntStream.range(0, TAGS).mapToObj(TwoNodesIT::tag).toList());
        }
    }

    private static String tag(int number) {
        return "tag-" + number;
    }
}
