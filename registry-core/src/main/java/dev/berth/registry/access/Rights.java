package dev.berth.registry.access;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RequestedAccess;

/** What one caller may do: what the policy allows at the time of each call, within the limit of the caller. */
final class Rights {
    private final Caller caller;
    private final AccessPolicy policy;
    private final Refusals refusals;

    Rights(AccessPolicy policy, Refusals refusals) {
        this.caller = refusals.caller();
        this.policy = policy;
        this.refusals = refusals;
    }

    /** Returns what makes and tells the refusals. */
    Refusals refusals() {
        return refusals;
    }

    boolean mayPull(RepositoryName repository) {
        return may(Action.PULL, repository);
    }

    boolean mayPush(RepositoryName repository) {
        return may(Action.PUSH, repository);
    }

    boolean mayDelete(RepositoryName repository) {
        return may(Action.DELETE, repository);
    }

    /** Returns whether a blob may be mounted from a repository that the caller does not name. */
    boolean mayMountFrom(RepositoryName repository) {
        return caller.limit().map(limit -> limit.allowsMountFrom(repository)).orElse(true)
                && policy.allows(caller, Action.PULL, repository);
    }

    boolean mayListRepositories() {
        return caller.isWithinLimit(RequestedAccess.catalog());
    }

    private boolean may(Action action, RepositoryName repository) {
        return caller.isWithinLimit(action.in(repository)) && policy.allows(caller, action, repository);
    }

    /** Returns a set that has every name of a repository that the caller may pull from. */
    NameSet readable() {
        NameSet granted = policy.readable(caller);
        return caller.limit()
                .filter(NameLimit.class::isInstance)
                .map(limit -> granted.and(((NameLimit) limit).repositories()))
                .orElse(granted);
    }
}
