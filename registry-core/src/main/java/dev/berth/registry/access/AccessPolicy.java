package dev.berth.registry.access;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.server.Caller;
import java.util.List;

/**
 * Decides who may do what. Asked at each call, so it should be quick and must not block; what it answers counts at once.
 * Thread-safe.
 *
 * <p>A policy that allows {@link Action#PUSH} allows {@link Action#PULL} too: every client looks before it pushes. The
 * {@linkplain Caller#limit() limit} of a caller is not the policy's concern, {@link Authorized} applies it as well.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface AccessPolicy {

    /** Returns whether the caller may do this with the repository, whether the repository exists or not. */
    boolean allows(Caller caller, Action action, RepositoryName repository);

    /**
     * Returns the names of the repositories that the caller may pull from, for the catalogue. The set may have more names:
     * each is checked by {@link #allows} before it is shown. A name that the set lacks is not shown.
     *
     * <p>By default, the set of all names. Then a page of the catalogue of a caller who may see little costs a scan of
     * everything that the caller may not see.
     */
    default NameSet readable(Caller caller) {
        return NameSet.all();
    }

    /** Returns the policy that allows what one of these allows. */
    static AccessPolicy anyOf(List<AccessPolicy> policies) {
        return new CombinedPolicy(policies);
    }
}
