package dev.berth.registry.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a node held that has died comes back; what was there before the quota, or came beside it, is counted. */
class QuotaRecoveryTest {
    private static final QuotaLimit LIMIT = QuotaLimit.bytes(NamePattern.parse("team/**"), 1000);

    private final MemoryObjectStore store = MemoryObjectStore.create();
    private final AtomicLong nanos = new AtomicLong();
    private final Node node = new Node(store, nanos, LIMIT);

    private static Digest push(Registry registry, String repository, int size) {
        byte[] content = new byte[size];
        return registry.repository(repository)
                .blobs()
                .push(Digest.sha256(content), BlobSource.of(content))
                .digest();
    }

    private PatternUsage usage() {
        return node.quotas.usage().get(0);
    }

    @Test
    void whatADeadNodeHasPushedIsCountedAfterItsLease() {
        node.quotas.maintain();
        Node dead = new Node(store, nanos, LIMIT);
        push(dead.registry, "team/app", 600);
        node.quotas.maintain();
        assertThat(usage().bytes()).isZero();
        assertThat(usage().reservedBytes()).isGreaterThanOrEqualTo(600);

        nanos.addAndGet(Node.LEASE.minusSeconds(1).toNanos());
        node.quotas.maintain();
        assertThat(usage().bytes()).isZero();

        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        node.quotas.maintain();
        assertThat(usage().bytes()).isEqualTo(600);
        assertThat(usage().reservedBytes()).isZero();
    }

    @Test
    void whatADeadNodeHasReservedIsThereForAPushAfterItsLease() {
        Node dead = new Node(store, nanos, LIMIT);
        dead.registry.repository("team/app").blobs().startUpload().append(0, BlobSource.of(new byte[900]));
        assertThatThrownBy(() -> push(node.registry, "team/web", 500)).hasMessageContaining("reserved");

        nanos.addAndGet(Node.LEASE.toNanos());

        push(node.registry, "team/web", 1000);
    }

    @Test
    void nodeThatWasTakenForDeadGoesOn() {
        Node slow = new Node(store, nanos, LIMIT);
        push(slow.registry, "team/app", 600);
        node.quotas.maintain();
        nanos.addAndGet(Node.LEASE.toNanos());
        node.quotas.maintain();

        push(slow.registry, "team/app", 300);
        assertThatThrownBy(() -> push(slow.registry, "team/app", 200)).hasMessageContaining("team/**");
        slow.quotas.maintain();

        assertThat(usage().bytes()).isEqualTo(900);
    }

    @Test
    void whatWasThereBeforeIsCounted() {
        push(StorageRegistry.over(store), "team/app", 600);
        push(StorageRegistry.over(store), "other/app", 600);

        node.quotas.maintain();

        assertThat(usage().bytes()).isEqualTo(600);
        assertThat(node.quotas.repositories())
                .containsExactly(new RepositoryUsage(RepositoryName.parse("team/app"), 600, false));
    }

    @Test
    void whatChangesBesideItIsTold() {
        Digest blob = push(node.registry, "team/app", 600);
        node.quotas.maintain();
        StorageRegistry.over(store).repository("team/app").blobs().delete(blob);

        node.quotas.released(RepositoryName.parse("team/app"), blob);
        node.quotas.maintain();

        assertThat(usage().bytes()).isZero();
        push(StorageRegistry.over(store), "team/app", 700);
        node.quotas.changed(RepositoryName.parse("team/app"));
        node.quotas.maintain();
        assertThat(usage().bytes()).isEqualTo(700);
    }

    @Test
    void recountCorrectsWhatNobodyHasTold() {
        push(node.registry, "team/app", 600);
        node.quotas.maintain();
        push(StorageRegistry.over(store), "team/app", 300);
        push(StorageRegistry.over(store), "team/web", 300);

        RecountReport report = node.quotas.recount(repository -> {});

        assertThat(report).isEqualTo(new RecountReport(2, 2, 1200));
        assertThat(usage().bytes()).isEqualTo(1200);
        assertThatThrownBy(() -> push(node.registry, "team/app", 100))
                .hasMessageContaining("1.2 KiB (1200 bytes) are used");
    }

    @Test
    void nothingStaysOfANodeThatIsClosed() throws IOException {
        push(node.registry, "team/app", 600);

        node.quotas.close();

        assertThat(store.list(ListRequest.tree(KeyPrefix.of("_berth/quota/nodes/")))
                        .names())
                .isEmpty();
        assertThat(usage().bytes()).isEqualTo(600);
        assertThat(usage().reservedBytes()).isZero();
    }
}
