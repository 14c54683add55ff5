package dev.berth.registry.compose;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Blobs;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DirectUrl;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Listing;
import dev.berth.registry.Manifest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.Manifests;
import dev.berth.registry.ReferrerFilter;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.Tags;
import java.time.Duration;
import java.util.Optional;

/**
 * A registry that can be read but not changed. Every call that would change something fails: with
 * {@link ErrorCode#UNSUPPORTED}, the 405 of HTTP, or with what a {@link Denial} says. As thread-safe as the registry
 * behind it.
 *
 * @since 0.1
 */
public final class ReadOnly extends DenyingRegistry {
    private final Registry delegate;
    private final Denial denial;

    private ReadOnly(Registry delegate, Denial denial) {
        super(denial, delegate.identity());
        this.delegate = delegate;
        this.denial = denial;
    }

    /** Returns a read-only view of a registry. Changes fail with {@link ErrorCode#UNSUPPORTED}. */
    public static Registry of(Registry registry) {
        return of(registry, ReadOnly::unsupported);
    }

    /**
     * Returns a read-only view of a registry.
     *
     * @param denial what changes fail with, such as {@link Denial#denied} where others than this caller may make them
     */
    public static Registry of(Registry registry, Denial denial) {
        return new ReadOnly(registry, denial);
    }

    private static RegistryException unsupported(String operation) {
        return RegistryException.of(
                ErrorCode.UNSUPPORTED,
                "This registry is read-only: it is not possible to " + operation
                        + "; push to another registry, or make this one writable in its configuration");
    }

    @Override
    public Repository repository(RepositoryName name) {
        return new ReadableRepository(delegate.repository(name), denial);
    }

    @Override
    public Listing<RepositoryName, RepositoryName> repositories() {
        return delegate.repositories();
    }

    @Override
    public void checkHealth() {
        delegate.checkHealth();
    }

    private static final class ReadableRepository extends DenyingRepository {
        private final Repository delegate;
        private final Denial denial;

        ReadableRepository(Repository delegate, Denial denial) {
            super(delegate.name(), denial);
            this.delegate = delegate;
            this.denial = denial;
        }

        @Override
        public Manifests manifests() {
            return new ReadableManifests(name(), delegate.manifests(), denial);
        }

        @Override
        public Tags tags() {
            return new ReadableTags(name(), delegate.tags(), denial);
        }

        @Override
        public Blobs blobs() {
            return new ReadableBlobs(name(), delegate.blobs(), denial);
        }
    }

    private static final class ReadableManifests extends DenyingManifests {
        private final Manifests delegate;

        ReadableManifests(RepositoryName repository, Manifests delegate, Denial denial) {
            super(repository, denial);
            this.delegate = delegate;
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
        public Listing<Descriptor, Digest> referrers(Digest subject, ReferrerFilter filter) {
            return delegate.referrers(subject, filter);
        }
    }

    private static final class ReadableTags extends DenyingTags {
        private final Tags delegate;

        ReadableTags(RepositoryName repository, Tags delegate, Denial denial) {
            super(repository, denial);
            this.delegate = delegate;
        }

        @Override
        public Listing<Tag, Tag> list() {
            return delegate.list();
        }

        @Override
        public Optional<Descriptor> resolve(Tag tag) {
            return delegate.resolve(tag);
        }
    }

    private static final class ReadableBlobs extends DenyingBlobs {
        private final Blobs delegate;

        ReadableBlobs(RepositoryName repository, Blobs delegate, Denial denial) {
            super(repository, denial);
            this.delegate = delegate;
        }

        @Override
        public Optional<Descriptor> find(Digest digest) {
            return delegate.find(digest);
        }

        @Override
        public BlobContent open(Digest digest, ByteRange range) {
            return delegate.open(digest, range);
        }

        @Override
        public Optional<DirectUrl> directUrl(Digest digest, Duration validity) {
            return delegate.directUrl(digest, validity);
        }
    }
}
