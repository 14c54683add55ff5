package dev.berth.registry.compose;

import dev.berth.registry.Listing;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryIdentity;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import java.util.Objects;

/**
 * A registry that does what another one does: a base for wrappers, which override {@link #repository} to wrap what
 * stands behind it. As thread-safe as that other one.
 */
public abstract class ForwardingRegistry implements Registry {
    private final Registry delegate;

    /** Forwards to this registry, and never closes it. */
    protected ForwardingRegistry(Registry delegate) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
    }

    /** Returns the registry behind this one. */
    protected final Registry delegate() {
        return delegate;
    }

    @Override
    public Repository repository(RepositoryName name) {
        return delegate.repository(name);
    }

    @Override
    public Listing<RepositoryName, RepositoryName> repositories() {
        return delegate.repositories();
    }

    @Override
    public void checkHealth() {
        delegate.checkHealth();
    }

    @Override
    public RegistryIdentity identity() {
        return delegate.identity();
    }

    /** Does nothing: the registry behind this one belongs to whoever made it. */
    @Override
    public void close() {
        // Nothing is held.
    }

    /** Prints the registry behind this one. */
    @Override
    public String toString() {
        return delegate.toString();
    }
}
