package dev.berth.registry.compose;

import dev.berth.registry.Listing;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryIdentity;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import java.util.Objects;

/**
 * A registry that forwards every method but {@link #close} to another registry: a base for wrappers, which override
 * {@link #repository} to wrap its parts. As thread-safe as the registry behind it.
 *
 * @since 0.1
 */
public abstract class ForwardingRegistry implements Registry {
    private final Registry delegate;

    /** Creates a registry that forwards to the given one and never closes it. */
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

    /** Does nothing: the registry behind this one belongs to its creator. */
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
