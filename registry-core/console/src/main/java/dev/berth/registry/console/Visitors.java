package dev.berth.registry.console;

import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.AccessPolicy;
import dev.berth.registry.access.Action;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResolver;
import dev.berth.registry.server.RequestedAccess;
import java.util.Objects;

/**
 * Who comes to the pages, and what they may see. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class Visitors {
    private final RegistryResolver views;
    private final AccessPolicy policy;

    private Visitors(RegistryResolver views, AccessPolicy policy) {
        this.views = Objects.requireNonNull(views, "views");
        this.policy = Objects.requireNonNull(policy, "policy");
    }

    /** Returns those of a registry that everybody may see all of. */
    public static Visitors ofOpen(RegistryResolver views) {
        return new Visitors(views, (caller, action, repository) -> true);
    }

    /**
     * Returns those of a registry behind access control. They are anonymous: they see what the policy lets everybody pull.
     *
     * @param views finds the registry as a caller may see it
     * @param policy decides about that
     */
    public static Visitors of(RegistryResolver views, AccessPolicy policy) {
        return new Visitors(views, policy);
    }

    Caller caller(RegistryRequest request) {
        return Caller.anonymous();
    }

    Registry view(Caller caller, RegistryRequest request) {
        return views.resolve(caller, RequestedAccess.catalog(), request);
    }

    boolean maySee(Caller caller, RepositoryName repository) {
        return policy.allows(caller, Action.PULL, repository);
    }
}
