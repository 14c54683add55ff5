package dev.berth.registry.control;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.AccessPolicy;
import dev.berth.registry.access.Action;
import dev.berth.registry.access.Grants;
import dev.berth.registry.access.NameSet;
import dev.berth.registry.server.Caller;
import java.util.function.Supplier;

/** The policy of grants that may be replaced by others at any time, as a whole. */
final class CurrentGrants implements AccessPolicy {
    private final Supplier<Grants> current;

    CurrentGrants(Supplier<Grants> current) {
        this.current = current;
    }

    @Override
    public boolean allows(Caller caller, Action action, RepositoryName repository) {
        return current.get().allows(caller, action, repository);
    }

    @Override
    public NameSet readable(Caller caller) {
        return current.get().readable(caller);
    }
}
