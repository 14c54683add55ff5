package dev.berth.registry.copy;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.berth.registry.Digest;
import dev.berth.registry.RegistryIdentity;
import dev.berth.registry.RepositoryName;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What the copies of one copier know of each other: which blobs are on their way to which registry, so that no blob goes
 * there twice, and in which repository one has arrived, from where others mount it. Thread-safe.
 */
final class SharedTransfers {
    private static final int MAX_REMEMBERED = 50_000;

    private record Key(RegistryIdentity target, Digest digest) {}

    private final ConcurrentMap<Key, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();
    private final Cache<Key, RepositoryName> arrived =
            CacheBuilder.newBuilder().maximumSize(MAX_REMEMBERED).build();

    /** A turn at moving a blob; nobody else moves it to that registry before it is closed. */
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /** Waits for the turn to move a blob. */
    Turn take(RegistryIdentity target, Digest digest, Cancellation cancellation) {
        Key key = new Key(target, digest);
        CompletableFuture<Void> mine = new CompletableFuture<>();
        while (true) {
            CompletableFuture<Void> others = underWay.putIfAbsent(key, mine);
            if (others == null) {
                return () -> {
                    underWay.remove(key, mine);
                    mine.complete(null);
                };
            }
            cancellation.await(others);
        }
    }

    void remember(RegistryIdentity target, Digest digest, RepositoryName repository) {
        arrived.put(new Key(target, digest), repository);
    }

    /** Returns a repository that the blob has arrived in; somebody may have deleted it there since. */
    Optional<RepositoryName> holder(RegistryIdentity target, Digest digest) {
        return Optional.ofNullable(arrived.getIfPresent(new Key(target, digest)));
    }
}
