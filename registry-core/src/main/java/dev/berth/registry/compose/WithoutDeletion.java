package dev.berth.registry.compose;

import dev.berth.registry.Blobs;
import dev.berth.registry.DeleteResult;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifests;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.Tags;

/**
 * A registry from which nothing can be deleted: every call that would fails with {@link ErrorCode#UNSUPPORTED}. Tags
 * can still be moved, and uploads be cancelled. As thread-safe as the registry behind it.
 */
public final class WithoutDeletion extends ForwardingRegistry {

    private WithoutDeletion(Registry delegate) {
        super(delegate);
    }

    /** Returns a view of the registry through which nothing can be deleted. */
    public static Registry of(Registry registry) {
        return new WithoutDeletion(registry);
    }

    private static RegistryException refused(String what) {
        return RegistryException.of(
                ErrorCode.UNSUPPORTED, "Deletion is switched off in this registry, so " + what + " stays");
    }

    @Override
    public Repository repository(RepositoryName name) {
        return new KeptRepository(delegate().repository(name));
    }

    private static final class KeptRepository extends ForwardingRepository {
        KeptRepository(Repository delegate) {
            super(delegate);
        }

        @Override
        public Manifests manifests() {
            return new ForwardingManifests(delegate().manifests()) {
                @Override
                public DeleteResult delete(Digest digest) {
                    throw refused("the manifest " + digest);
                }
            };
        }

        @Override
        public Tags tags() {
            return new ForwardingTags(delegate().tags()) {
                @Override
                public boolean delete(Tag tag) {
                    throw refused("the tag " + tag);
                }
            };
        }

        @Override
        public Blobs blobs() {
            return new ForwardingBlobs(delegate().blobs()) {
                @Override
                public boolean delete(Digest digest) {
                    throw refused("the blob " + digest);
                }
            };
        }
    }
}
