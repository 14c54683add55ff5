package dev.berth.registry.mirror;

import dev.berth.registry.Digest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.client.limit.RateLimit;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners one after the other, and logs what they throw. */
record ListeningTogether(List<MirrorListener> listeners) implements MirrorListener {
    private static final Logger LOG = LoggerFactory.getLogger(MirrorListener.class);

    private void tell(Consumer<MirrorListener> what) {
        for (MirrorListener listener : listeners) {
            try {
                what.accept(listener);
            } catch (RuntimeException e) {
                LOG.error("A listener of a mirror failed", e);
            }
        }
    }

    @Override
    public void requested(RepositoryName repository, Kind kind, boolean here) {
        tell(listener -> listener.requested(repository, kind, here));
    }

    @Override
    public void serving(RepositoryName repository, Kind kind, long bytes) {
        tell(listener -> listener.serving(repository, kind, bytes));
    }

    @Override
    public void checked(RepositoryName repository, Tag tag) {
        tell(listener -> listener.checked(repository, tag));
    }

    @Override
    public void stale(StaleAnswer answer) {
        tell(listener -> listener.stale(answer));
    }

    @Override
    public void refused(RepositoryName repository) {
        tell(listener -> listener.refused(repository));
    }

    @Override
    public void downloaded(RepositoryName repository, Kind kind, Digest digest, long bytes) {
        tell(listener -> listener.downloaded(repository, kind, digest, bytes));
    }

    @Override
    public void resumed(RepositoryName repository, Digest digest, long offset, RegistryException failure) {
        tell(listener -> listener.resumed(repository, digest, offset, failure));
    }

    @Override
    public void failed(RepositoryName repository, Digest digest, RegistryException failure) {
        tell(listener -> listener.failed(repository, digest, failure));
    }

    @Override
    public void evicted(RepositoryName repository, Digest image, long bytes) {
        tell(listener -> listener.evicted(repository, image, bytes));
    }

    @Override
    public void rateLimit(RateLimit limit) {
        tell(listener -> listener.rateLimit(limit));
    }

    @Override
    public void answered(Instant when) {
        tell(listener -> listener.answered(when));
    }

    @Override
    public void unanswered(Instant when, StaleAnswer.Reason reason, String message) {
        tell(listener -> listener.unanswered(when, reason, message));
    }
}
