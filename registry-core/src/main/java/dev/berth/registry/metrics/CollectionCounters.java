package dev.berth.registry.metrics;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.maintenance.CollectionListener;

/** Counts what collections do. */
final class CollectionCounters {
    private final Counter removed;
    private final Counter removedBytes;
    private final Counter removedLinks;
    private final Counter broken;

    CollectionCounters(Metrics metrics) {
        this.removed = metrics.counter(
                "registry_collection_removed_blobs_total", "Blobs and manifests whose data was removed as garbage.");
        this.removedBytes =
                metrics.counter("registry_collection_removed_bytes_total", "Bytes that were removed as garbage.");
        this.removedLinks = metrics.counter(
                "registry_collection_removed_links_total", "Links of repositories that were removed as garbage.");
        this.broken = metrics.counter(
                "registry_collection_broken_total",
                "Objects that were kept since a collection could not read or understand them.");
    }

    CollectionListener before(CollectionListener next) {
        return new CollectionListener() {
            @Override
            public void removedData(Digest digest, long bytes) {
                removed.increment();
                removedBytes.add(Math.max(0, bytes));
                next.removedData(digest, bytes);
            }

            @Override
            public void removedLink(RepositoryName repository, Digest digest) {
                removedLinks.increment();
                next.removedLink(repository, digest);
            }

            @Override
            public void broken(String object, String reason) {
                broken.increment();
                next.broken(object, reason);
            }

            @Override
            public void progress(String step, long done) {
                next.progress(step, done);
            }

            @Override
            public void ended() {
                next.ended();
            }
        };
    }
}
