package dev.berth.registry.compose;

import dev.berth.registry.DeleteCondition;
import dev.berth.registry.DeleteResult;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Listing;
import dev.berth.registry.Manifest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.Manifests;
import dev.berth.registry.PutOptions;
import dev.berth.registry.PutResult;
import dev.berth.registry.ReferrerFilter;
import java.util.Objects;
import java.util.Optional;

/**
 * Manifests that forward every method to those of another registry: a base for wrappers.
 *
 * @since 0.1
 */
public abstract class ForwardingManifests implements Manifests {
    private final Manifests delegate;

    /** Creates an object that forwards to the given manifests. */
    protected ForwardingManifests(Manifests delegate) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
    }

    /** Returns the manifests behind these. */
    protected final Manifests delegate() {
        return delegate;
    }

    @Override
    public Optional<Descriptor> find(ManifestSelector selector) {
        return delegate.find(selector);
    }

    @Override
    public Manifest get(ManifestSelector selector) {
        return delegate.get(selector);
    }

    @Override
    public PutResult put(Manifest manifest, PutOptions options) {
        return delegate.put(manifest, options);
    }

    @Override
    public DeleteResult delete(Digest digest) {
        return delegate.delete(digest);
    }

    @Override
    public boolean delete(Digest digest, DeleteCondition condition) {
        return delegate.delete(digest, condition);
    }

    @Override
    public Listing<Descriptor, Digest> referrers(Digest subject, ReferrerFilter filter) {
        return delegate.referrers(subject, filter);
    }
}
