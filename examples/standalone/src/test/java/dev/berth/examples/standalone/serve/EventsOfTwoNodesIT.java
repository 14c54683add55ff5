package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.EventReceiver;
import dev.berth.examples.standalone.programs.RegistryHttp;
import dev.berth.examples.standalone.programs.S3Bucket;
import dev.berth.examples.standalone.programs.UsesS3Gateway;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What two registries over one bucket acknowledge is told to a receiver, whatever happens to them and to it. Set
 * {@code berth.it.pushes} for more pushes, in hundreds.
 */
@UsesS3Gateway
@Tag("any-jdk")
class EventsOfTwoNodesIT {
    private static final int PUSHES = Integer.getInteger("berth.it.pushes", 300);
    private static final int REPOSITORIES = 5;
    private static final int MINUTES = PUSHES > 1000 ? 40 : 5;

    /** Of all pushes, in percent: when one node is killed, and when the receiver comes. */
    private static final List<Integer> KILLS = List.of(20, 60, 85);

    private static final int ARRIVAL = 50;
    private static final String FIRST = "first";

    private final S3Bucket bucket;
    private final TestImage image = TestImage.random(1, 1, 1000);
    private final Semaphore pushed = new Semaphore(0);
    private final ExecutorService threads = Executors.newFixedThreadPool(REPOSITORIES);
    private final List<Node> nodes = new ArrayList<>();

    EventsOfTwoNodesIT(S3Bucket bucket) {
        this.bucket = bucket;
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        nodes.forEach(Node::close);
    }

    private Node node(EventReceiver receiver) throws IOException, InterruptedException {
        return Node.start(
                bucket,
                command -> command.with(
                                "REGISTRY_NOTIFICATIONS_ENDPOINTS",
                                "[{name: it, url: '" + receiver.url() + "', actions: [push]}]")
                        .with("REGISTRY_NOTIFICATIONS_ALLOWINSIDE", "127.0.0.1/32")
                        .with("REGISTRY_LOG_ACCESSLOG_DISABLED", "true"));
    }

    @Test
    void everyPushIsToldInOrderAndNothingRemains() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        try (EventReceiver receiver = EventReceiver.away()) {
            nodes.add(node(receiver));
            nodes.add(node(receiver));
            List<RegistryHttp> registries = nodes.stream().map(Node::http).toList();
            List<Future<Void>> pushers = new ArrayList<>();
            for (int i = 0; i < REPOSITORIES; i++) {
                String repository = repository(i);
                Random own = new Random(random.nextLong());
                pushers.add(threads.submit(() -> {
                    pushAll(registries, repository, own);
                    return null;
                }));
            }
            Node victim = nodes.get(1);
            for (int percent = 1; percent <= 100; percent++) {
                await(PUSHES / 100);
                if (percent == ARRIVAL) {
                    assertThat(receiver.events()).isEmpty();
                    assertThat(bucket.waitingEvents()).isNotEmpty();
                    receiver.start();
                }
                if (KILLS.contains(percent)) {
                    victim.kill();
                    await(PUSHES / 100 / 2);
                    victim.startAgain();
                    // What was pushed meanwhile belongs to the next percent.
                    pushed.release(PUSHES / 100 / 2);
                }
            }
            for (Future<Void> pusher : pushers) {
                pusher.get(MINUTES, TimeUnit.MINUTES);
            }

            awaitAll(receiver);
            for (int i = 0; i < REPOSITORIES; i++) {
                assertThat(receiver.pushedTags(repository(i)))
                        .as("%s, with the seed %s", repository(i), seed)
                        .startsWith(FIRST)
                        .endsWith(tags().toArray(String[]::new))
                        .hasSize(tags().size() + 1);
            }
            awaitNothingLeft();
        }
    }

    private static String repository(int number) {
        return "team/app" + number;
    }

    private static List<String> tags() {
        List<String> tags = new ArrayList<>();
        for (int i = 0; i < PUSHES / REPOSITORIES; i++) {
            tags.add("v" + i);
        }
        return tags;
    }

    /** Pushes one tag after the other, each to any registry until one has acknowledged it. */
    private void pushAll(List<RegistryHttp> registries, String repository, Random random)
            throws IOException, InterruptedException {
        registries.get(0).pushImage(repository, FIRST, image);
        for (String tag : tags()) {
            boolean acknowledged = false;
            while (!acknowledged) {
                RegistryHttp registry = registries.get(random.nextInt(registries.size()));
                try {
                    acknowledged = registry.putManifest(repository, tag, image.manifest())
                                    .statusCode()
                            == 201;
                } catch (IOException e) {
                    // It is being killed, or not there yet.
                    Thread.sleep(20);
                }
            }
            pushed.release();
        }
    }

    private void await(int count) throws InterruptedException {
        assertThat(pushed.tryAcquire(count, MINUTES, TimeUnit.MINUTES))
                .as("%s more images pushed", count)
                .isTrue();
    }

    private static void awaitAll(EventReceiver receiver) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
        for (int i = 0; i < REPOSITORIES; i++) {
            while (!receiver.pushedTags(repository(i)).containsAll(tags()) && System.nanoTime() < end) {
                Thread.sleep(200);
            }
        }
    }

    /** Waits until the storage holds nothing of the events. */
    private void awaitNothingLeft() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        List<String> left = bucket.waitingEvents();
        while (!left.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(500);
            left = bucket.waitingEvents();
        }
        assertThat(left).isEmpty();
    }
}
