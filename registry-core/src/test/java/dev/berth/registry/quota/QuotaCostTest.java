package dev.berth.registry.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.memory.MemoryObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Far from the limit, a push does not ask anybody, and counting costs the same for one push as for many. */
class QuotaCostTest {
    private final Node node = new Node(
            MemoryObjectStore.create(), new AtomicLong(), QuotaLimit.bytes(NamePattern.parse("team/**"), 1L << 40));

    private void push(String repository, int number) {
        byte[] content = ("blob " + number).getBytes(StandardCharsets.UTF_8);
        node.registry.repository(repository).blobs().push(Digest.sha256(content), BlobSource.of(content));
    }

    private List<String> quotaCalls(Runnable work) {
        node.store.calls.clear();
        work.run();
        return node.store.calls.stream()
                .filter(call -> call.contains("_berth/quota/"))
                .toList();
    }

    private int allCalls(Runnable work) {
        node.store.calls.clear();
        work.run();
        return node.store.calls.size();
    }

    @Test
    void pushesAskNobody() {
        node.quotas.maintain();
        push("team/app", 0);

        assertThat(quotaCalls(() -> {
                    for (int i = 1; i < 1000; i++) {
                        push("team/app", i);
                    }
                }))
                .isEmpty();
    }

    @Test
    void whereNothingWasPushedYetCountingCostsNextToNothing() {
        node.quotas.maintain();

        assertThat(allCalls(node.quotas::maintain)).isLessThanOrEqualTo(4);
    }

    @Test
    void firstPushToARepositoryNotesIt() {
        node.quotas.maintain();
        push("team/app", 0);

        assertThat(quotaCalls(() -> push("team/web", 0)))
                .hasSize(2)
                .satisfiesExactly(
                        call -> assertThat(call).startsWith("put _berth/quota/nodes/"),
                        call -> assertThat(call).startsWith("stat _berth/quota/ledgers/"));
    }

    @Test
    void countingCostsAsMuchForManyPushesAsForOne() {
        node.quotas.maintain();
        push("team/app", 0);
        node.quotas.maintain();
        push("team/app", 1);
        int one = allCalls(node.quotas::maintain);
        for (int i = 2; i < 100; i++) {
            push("team/app", i);
        }
        int many = allCalls(node.quotas::maintain);

        assertThat(many).isEqualTo(one).isLessThanOrEqualTo(12);
        assertThat(node.quotas.usage().get(0).bytes())
                .isEqualTo(java.util.stream.IntStream.range(0, 100)
                        .map(i -> ("blob " + i).length())
                        .sum());
    }

    @Test
    void repositoriesWithoutAQuotaCostNothing() {
        assertThat(quotaCalls(() -> push("other/app", 0))).isEmpty();
    }
}
