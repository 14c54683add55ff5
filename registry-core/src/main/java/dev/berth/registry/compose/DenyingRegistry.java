package dev.berth.registry.compose;

import dev.berth.registry.Listing;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryIdentity;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import java.util.Objects;

/**
 * A registry of which every method fails with a {@link Denial}: a base for wrappers that allow some. Thread-safe.
 *
 * <p>{@link #repository} must not fail, since it does no I/O. It returns a repository that denies everything.
 *
 * @since 0.1
 */
public abstract class DenyingRegistry implements Registry {
    private final Denial denial;
    private final RegistryIdentity identity;

    /**
     * Creates a registry that denies everything.
     *
     * @param denial creates the exceptions with which calls fail
     * @param identity the identity of the registry that is wrapped
     */
    protected DenyingRegistry(Denial denial, RegistryIdentity identity) {
        this.denial = Objects.requireNonNull(denial, "denial");
        this.identity = Objects.requireNonNull(identity, "identity");
    }

    @Override
    public Repository repository(RepositoryName name) {
        return new DenyingRepository(name, denial);
    }

    @Override
    public Listing<RepositoryName, RepositoryName> repositories() {
        return Listing.of((after, wanted) -> {
            throw denial.of("list the repositories");
        });
    }

    /** Fails. A wrapper that allows health checks overrides this method. */
    @Override
    public void checkHealth() {
        throw denial.of("check the health of this registry");
    }

    @Override
    public final RegistryIdentity identity() {
        return identity;
    }

    /** Does nothing: the registry that is wrapped belongs to its creator. */
    @Override
    public void close() {
        // Nothing is held.
    }

    /** Prints the identity of the registry that is wrapped. */
    @Override
    public String toString() {
        return identity.toString();
    }
}
