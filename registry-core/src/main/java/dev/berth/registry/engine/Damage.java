package dev.berth.registry.engine;

import dev.berth.registry.BlobDamagedException;
import dev.berth.registry.RepositoryName;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs and counts the blobs that were read and were not what they should be. Thread-safe. */
final class Damage {
    private static final Logger LOG = LoggerFactory.getLogger(Damage.class);

    private final LongAdder reads = new LongAdder();

    void found(RepositoryName repository, BlobDamagedException damage) {
        reads.increment();
        LOG.error(
                "{} It was asked for in {}, and not delivered to its end; the next scrub moves it aside, and then it can be pushed again",
                damage.getMessage() + ".",
                repository);
    }

    long reads() {
        return reads.sum();
    }
}
