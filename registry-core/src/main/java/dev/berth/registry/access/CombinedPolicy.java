package dev.berth.registry.access;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.server.Caller;
import java.util.List;

/** Allows what one of several policies allows. */
final class CombinedPolicy implements AccessPolicy {
    private final List<AccessPolicy> policies;

    CombinedPolicy(List<AccessPolicy> policies) {
        this.policies = List.copyOf(policies);
    }

    @Override
    public boolean allows(Caller caller, Action action, RepositoryName repository) {
        return policies.stream().anyMatch(policy -> policy.allows(caller, action, repository));
    }

    @Override
    public NameSet readable(Caller caller) {
        return policies.stream().map(policy -> policy.readable(caller)).reduce(NameSet.none(), NameSet::or);
    }
}
