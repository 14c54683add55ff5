package dev.berth.registry.access;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.compose.Denial;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RequestedAccess;

/** What one caller may do: what the policy allows at the time of each call, within the limit of the caller. */
final class Rights implements Denial {
    private final Caller caller;
    private final AccessPolicy policy;

    Rights(Caller caller, AccessPolicy policy) {
        this.caller = caller;
        this.policy = policy;
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

    /** The same for what is hidden and for what does not exist, so that nobody can find out which names exist. */
    @Override
    public RegistryException of(String operation) {
        return caller.isAnonymous()
                ? RegistryException.of(
                        ErrorCode.UNAUTHORIZED, "Authentication is required to " + operation + "; log in first")
                : RegistryException.of(
                        ErrorCode.DENIED,
                        "You may not " + operation + "; ask an administrator of this registry for the right to do so");
    }
}
