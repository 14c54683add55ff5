package dev.berth.registry.mirror;

import dev.berth.registry.Digest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.client.limit.RateLimit;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Is told what a mirror does: for events, metrics and logs. Thread-safe.
 *
 * <p>It is called in the way of requests and downloads, so it should be quick and must not block. What it throws is logged
 * and changes nothing. Methods may be added; each does nothing by default. Repositories have their names here.
 *
 * @since 0.1
 */
public interface MirrorListener {

    /** What a client asks for. */
    enum Kind {
        /** A manifest, or what a tag names. */
        MANIFEST,
        /** A blob, or a part of one. */
        BLOB
    }

    /**
     * A client was given content, or is about to be. Called in the thread of the call.
     *
     * @param here whether it was here, so that nothing had to be downloaded
     */
    default void requested(RepositoryName repository, Kind kind, boolean here) {}

    /**
     * A client is being given so many bytes, unless it leaves earlier. Not told of what is read from elsewhere by a
     * {@linkplain dev.berth.registry.Blobs#directUrl direct URL}.
     */
    default void serving(RepositoryName repository, Kind kind, long bytes) {}

    /** The upstream registry was asked what a tag names. */
    default void checked(RepositoryName repository, Tag tag) {}

    /**
     * Something was served without knowing whether it is current. Called in the thread of the call, before the call
     * returns, so that a {@link StaleWarnings} can add to its response.
     */
    default void stale(StaleAnswer answer) {}

    /** A repository was asked for that the mirror must not mirror. The upstream registry was not asked. */
    default void refused(RepositoryName repository) {}

    /** A blob or manifest has arrived from the upstream registry, and has its digest. */
    default void downloaded(RepositoryName repository, Kind kind, Digest digest, long bytes) {}

    /** A download broke off, and goes on at an offset in bytes. */
    default void resumed(RepositoryName repository, Digest digest, long offset, RegistryException failure) {}

    /** A download has failed for good: nothing of it is stored, and its readers got an exception. */
    default void failed(RepositoryName repository, Digest digest, RegistryException failure) {}

    /**
     * An image was evicted, with what only it needed.
     *
     * @param image the digest of its manifest or index
     * @param bytes how many bytes that leaves to collection
     */
    default void evicted(RepositoryName repository, Digest image, long bytes) {}

    /** The upstream registry has said how many requests it still takes. */
    default void rateLimit(RateLimit limit) {}

    /** The upstream registry has answered, be it that it has not what it was asked for. */
    default void answered(Instant when) {}

    /**
     * The upstream registry could not be reached, has not answered in time, or has refused.
     *
     * @param message what has happened, as a sentence without secrets; it may name the upstream registry
     */
    default void unanswered(Instant when, StaleAnswer.Reason reason, String message) {}

    /** Returns a listener that does nothing. */
    static MirrorListener none() {
        return new MirrorListener() {};
    }

    /** Returns a listener that tells others, in this order; one that fails keeps nothing from the others. */
    static MirrorListener allOf(List<MirrorListener> listeners) {
        return new ListeningTogether(List.copyOf(Objects.requireNonNull(listeners, "listeners")));
    }
}
