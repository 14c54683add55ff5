package dev.berth.registry.compose;

import dev.berth.registry.Blobs;
import dev.berth.registry.DeleteCondition;
import dev.berth.registry.DeleteResult;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifests;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import dev.berth.registry.Tags;
import java.util.Objects;

/**
 * A registry from which nothing can be deleted. Every deletion fails: with {@link ErrorCode#UNSUPPORTED}, the 405 of
 * HTTP, or with what a {@link Denial} says. Tags can still be moved, and uploads cancelled. As thread-safe as the
 * registry behind it.
 *
 * @since 0.1
 */
public final class WithoutDeletion extends ForwardingRegistry {

    private final Denial denial;

    private WithoutDeletion(Registry delegate, Denial denial) {
        super(delegate);
        this.denial = Objects.requireNonNull(denial, "denial");
    }

    /** Returns a view of a registry without deletion. Deletions fail with {@link ErrorCode#UNSUPPORTED}. */
    public static Registry of(Registry registry) {
        return of(registry, WithoutDeletion::unsupported);
    }

    /**
     * Returns a view of a registry without deletion.
     *
     * @param denial what deletions fail with, such as {@link Denial#denied} where others than this caller may delete
     */
    public static Registry of(Registry registry, Denial denial) {
        return new WithoutDeletion(registry, denial);
    }

    private static RegistryException unsupported(String operation) {
        return RegistryException.of(
                ErrorCode.UNSUPPORTED,
                "Deletion is switched off in this registry: it is not possible to " + operation
                        + "; enable deletion in its configuration");
    }

    @Override
    public Repository repository(RepositoryName name) {
        return new KeptRepository(delegate().repository(name), denial);
    }

    private static final class KeptRepository extends ForwardingRepository {
        private final Repository denying;

        KeptRepository(Repository delegate, Denial denial) {
            super(delegate);
            this.denying = new DenyingRepository(delegate.name(), denial);
        }

        @Override
        public Manifests manifests() {
            return new ForwardingManifests(delegate().manifests()) {
                @Override
                public DeleteResult delete(Digest digest) {
                    return denying.manifests().delete(digest);
                }

                @Override
                public boolean delete(Digest digest, DeleteCondition condition) {
                    return denying.manifests().delete(digest, condition);
                }
            };
        }

        @Override
        public Tags tags() {
            return new ForwardingTags(delegate().tags()) {
                @Override
                public boolean delete(Tag tag) {
                    return denying.tags().delete(tag);
                }

                @Override
                public boolean delete(Tag tag, TagCondition condition) {
                    return denying.tags().delete(tag, condition);
                }
            };
        }

        @Override
        public Blobs blobs() {
            return new ForwardingBlobs(delegate().blobs()) {
                @Override
                public boolean delete(Digest digest) {
                    return denying.blobs().delete(digest);
                }
            };
        }
    }
}
