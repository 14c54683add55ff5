package dev.berth.registry.access;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.server.RequestedAccess;

/**
 * What a caller does with a repository, in terms of rights.
 *
 * @since 0.1
 */
public enum Action {
    /** Reads manifests, blobs, tags and referrers. */
    PULL,

    /** Writes manifests, tags and blobs. Whoever may push may also pull, since every client looks before it pushes. */
    PUSH,

    /** Deletes manifests, tags and blobs. */
    DELETE;

    /** Returns the access that is this action in a repository. */
    public RequestedAccess in(RepositoryName repository) {
        return switch (this) {
            case PULL -> RequestedAccess.pull(repository);
            case PUSH -> RequestedAccess.push(repository);
            case DELETE -> RequestedAccess.delete(repository);
        };
    }
}
