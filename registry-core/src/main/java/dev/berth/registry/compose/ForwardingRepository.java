package dev.berth.registry.compose;

import dev.berth.registry.Blobs;
import dev.berth.registry.Manifests;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tags;
import java.util.Objects;

/**
 * A repository that forwards every method to another repository: a base for wrappers.
 *
 * @since 0.1
 */
public abstract class ForwardingRepository implements Repository {
    private final Repository delegate;

    /** Creates an object that forwards to the given repository. */
    protected ForwardingRepository(Repository delegate) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
    }

    /** Returns the repository behind this one. */
    protected final Repository delegate() {
        return delegate;
    }

    @Override
    public RepositoryName name() {
        return delegate.name();
    }

    @Override
    public Manifests manifests() {
        return delegate.manifests();
    }

    @Override
    public Tags tags() {
        return delegate.tags();
    }

    @Override
    public Blobs blobs() {
        return delegate.blobs();
    }
}
