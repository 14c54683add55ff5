package dev.berth.registry.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.fixtures.NodeStore;
import dev.berth.registry.memory.MemoryObjectStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same in threads, by the clock of the system. */
@Timeout(120)
class DeliveryThreadsTest {
    private final DeliveryWorld world = new DeliveryWorld();

    @Test
    void whatIsPublishedByManyThreadsIsDeliveredInOrderAndSoon() throws InterruptedException {
        int threads = 4;
        int each = 50;
        CountDownLatch all = new CountDownLatch(threads * each);
        List<String> got = Collections.synchronizedList(new ArrayList<>());
        NodeStore store = new NodeStore(MemoryObjectStore.create());
        try (Webhooks webhooks = Webhooks.over(
                store,
                WebhookOptions.builder((endpoint, message) -> {
                            got.add(message.events().get(0).repository() + " "
                                    + message.events().get(0).tags().get(0));
                            all.countDown();
                            return new SendResult.Delivered();
                        })
                        .endpoints(DeliveryWorld.endpoint("a"))
                        .build())) {
            webhooks.start();
            List<Thread> publishers = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                String repository = "repo" + t;
                publishers.add(new Thread(() -> {
                    for (int i = 0; i < each; i++) {
                        webhooks.publish(world.change(repository, "v" + i));
                    }
                }));
            }
            publishers.forEach(Thread::start);
            for (Thread publisher : publishers) {
                publisher.join();
            }
            assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
        }
        for (int t = 0; t < threads; t++) {
            String repository = "repo" + t + " ";
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                expected.add(repository + "v" + i);
            }
            assertThat(got.stream().filter(line -> line.startsWith(repository)).distinct())
                    .containsExactlyElementsOf(expected);
        }
    }

    @Test
    void closingDoesNotWaitForWhatIsStillToBeSent() throws InterruptedException {
        CountDownLatch sending = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Webhooks webhooks = Webhooks.over(
                new NodeStore(world.store),
                WebhookOptions.builder((endpoint, message) -> {
                            sending.countDown();
                            try {
                                mayEnd.await();
                            } catch (InterruptedException e) {
                                return SendResult.Failed.of("interrupted");
                            }
                            return new SendResult.Delivered();
                        })
                        .endpoints(DeliveryWorld.endpoint("a"))
                        .clock(world::now)
                        .build());
        webhooks.start();
        webhooks.publish(List.of(world.change("one"), world.change("one"), world.change("one")));
        sending.await();
        Thread closing = new Thread(webhooks::close);
        closing.start();
        while (closing.getState() == Thread.State.RUNNABLE || closing.getState() == Thread.State.NEW) {
            Thread.onSpinWait();
        }
        mayEnd.countDown();
        closing.join();

        DeliveryWorld.Node next = world.node(DeliveryWorld.endpoint("a"));
        next.run();

        assertThat(world.receivedBy("a"))
                .as("the first one was delivered, and is not repeated")
                .isEqualTo(2);
    }
}
