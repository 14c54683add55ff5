package dev.berth.registry.mirror.replication;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;

/**
 * Is told what a replication does: for metrics and logs. Thread-safe. Called by the threads that work, so it should be
 * quick. What it throws is logged and changes nothing. Repositories have their names at the source. Methods may be added;
 * each does nothing by default.
 *
 * @since 0.1
 */
public interface ReplicationListener {

    /**
     * A tag was set at the target.
     *
     * @param digest what it names there
     * @param bytes how many bytes of blobs were moved for that
     */
    default void carried(String rule, RepositoryName repository, Tag tag, Digest digest, long bytes) {}

    /** A tag was deleted at the target. */
    default void deleted(String rule, RepositoryName repository, Tag tag) {}

    /** Something could not be carried over. Called for each attempt. */
    default void failed(String rule, ReplicationFailure failure) {}

    /** A tag differs and is left so. Called once, and again when anything of it has changed. */
    default void differs(String rule, ReplicationDifference difference) {}

    /** A comparison has ended. */
    default void compared(String rule, ReplicationStatus.Comparison comparison) {}

    /** Returns a listener that does nothing. */
    static ReplicationListener none() {
        return new ReplicationListener() {};
    }
}
