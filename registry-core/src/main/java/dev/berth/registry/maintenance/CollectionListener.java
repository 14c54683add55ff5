package dev.berth.registry.maintenance;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.audit.AuditOrigin;
import java.time.InstantSource;
import java.util.List;

/**
 * Is told what a {@link Collector} does, while it does it. The methods are called in the threads of the collection, possibly
 * in several at the same time, and hold it up; what they throw ends the pass. Each has no effect by default.
 *
 * @since 0.1
 */
public interface CollectionListener {

    /** A listener that does nothing. */
    CollectionListener NONE = new CollectionListener() {};

    /** The data of a blob or manifest was removed from the store. */
    default void removedData(Digest digest, long bytes) {}

    /** The link of a repository to a blob was removed: the repository does not have the blob any more. */
    default void removedLink(RepositoryName repository, Digest digest) {}

    /** Something that could not be looked at, or not be understood, was kept, and what depends on it as well. */
    default void broken(String object, String reason) {}

    /**
     * The collection has come a step further. Called often.
     *
     * @param step what it is doing, in a few words
     * @param done how many digests, or repositories, of this step it has done
     */
    default void progress(String step, long done) {}

    /** A pass has ended, also one that has failed. Not called for a plan. */
    default void ended() {}

    /** Returns a listener that tells others, in this order. */
    static CollectionListener allOf(List<CollectionListener> listeners) {
        return new CollectionListeners(listeners);
    }

    /**
     * Returns a listener that tells an audit, in one event at the end of each pass, how much it has removed: in the name of
     * {@code berth collection}. For one collector.
     */
    static CollectionListener auditing(AuditListener audit) {
        return auditing(audit, AuditOrigin.ofProcess("berth collection"), InstantSource.system());
    }

    /**
     * Returns a listener that tells an audit, in one event at the end of each pass, how much it has removed. For one collector.
     *
     * @param origin in whose name
     * @param clock gives events their time
     */
    static CollectionListener auditing(AuditListener audit, AuditOrigin origin, InstantSource clock) {
        return new CollectionAudit(audit, origin, clock);
    }
}
