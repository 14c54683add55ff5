package dev.berth.registry.contract;

import dev.berth.registry.Registry;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link Registry} promises, as tests: of one that stores, of a client of a remote one, of one made of
 * others. A subclass says which registry:
 *
 * <pre>{@code
 * class MyRegistryTest extends RegistryContract {
 *     private final Registry registry = new MyRegistry();
 *
 *     @Override
 *     protected Registry registry() {
 *         return registry;
 *     }
 * }
 * }</pre>
 *
 * <p>What several threads do at the same time is tested by {@link RegistryRaceContract}, which adds to this one: for
 * those that decide races themselves, not for what only passes calls on.
 *
 * <p>All tests use the interface only, and repositories with random names: so they can share one registry, with each
 * other and with others. What a registry cannot do, it declares by overriding a capability method; the tests that need
 * it are then reported as skipped, and others check that it says so as it should.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public abstract class RegistryContract {

    /** For subclasses. */
    protected RegistryContract() {}

    /** Returns the registry under test. The subclass makes and closes it, for each test or for all. */
    protected abstract Registry registry();

    /**
     * Opens another object for the same repositories, as another process would; a new one each time, which the contract
     * closes. What one of them has acknowledged the other one sees, and uploads started here go on there.
     */
    protected Optional<Registry> elsewhere() {
        return Optional.empty();
    }

    /** Capability: whether manifests and blobs can be deleted. */
    protected boolean supportsDelete() {
        return true;
    }

    /** Capability: whether a tag can be deleted without its manifest. */
    protected boolean supportsTagDelete() {
        return true;
    }

    /** Capability: whether deleting a manifest tells the tags that went with it. */
    protected boolean reportsDeletedTags() {
        return true;
    }

    /** Capability: whether a blob can be mounted from a repository that is named. */
    protected boolean supportsMount() {
        return true;
    }

    /** Capability: whether a blob can be mounted from whichever repository has it. */
    protected boolean supportsMountFromAny() {
        return true;
    }

    /** Capability: whether a mount can be limited to the repositories that pass a predicate. */
    protected boolean supportsMountFromAnyReadable() {
        return true;
    }

    /** Capability: whether a tag can be set on the condition of what it names before. */
    protected boolean supportsTagConditions() {
        return true;
    }

    /** Capability: whether the repositories can be listed. */
    protected boolean supportsCatalogue() {
        return true;
    }

    /** Capability: whether a manifest is refused if what it refers to is not there. */
    protected boolean requiresReferencedContent() {
        return true;
    }

    /** The number of bytes of the largest manifest that is taken. */
    protected int maxManifestBytes() {
        return 4 * 1024 * 1024;
    }

    /** The number of bytes of the largest blob that the tests push. */
    protected int largeBlobBytes() {
        return 9 * 1024 * 1024 + 1;
    }

    /** The number of tags of the longest listing, at least 20: more than one page of what is behind the registry. */
    protected int manyTags() {
        return 120;
    }

    @Nested
    class PushingBlobs extends BlobPushRules {
        PushingBlobs() {
            super(RegistryContract.this);
        }
    }

    @Nested
    class RefusingBlobs extends BlobRefusalRules {
        RefusingBlobs() {
            super(RegistryContract.this);
        }
    }

    @Nested
    class ReadingBlobs extends BlobReadingRules {
        ReadingBlobs() {
            super(RegistryContract.this);
        }
    }

    @Nested
    class DeletingBlobs extends BlobDeletionRules {
        DeletingBlobs() {
            super(RegistryContract.this);
        }
    }

    @Nested
    class MountingBlobs extends BlobMountRules {
        MountingBlobs() {
            super(RegistryContract.this);
        }
    }

    @Nested
    class UploadingInPieces extends BlobUploadRules {
        UploadingInPieces() {
            super(RegistryContract.this);
        }
    }

    @Nested
    class EndingUploads extends BlobUploadEndRules {
        EndingUploads() {
            super(RegistryContract.this);
        }
    }

    @Nested
    class PushingManifests extends ManifestPushRules {
        PushingManifests() {
            super(RegistryContract.this);
        }
    }

    @Nested
    class RefusingManifests extends ManifestRefusalRules {
        RefusingManifests() {
            super(RegistryContract.this);
        }
    }

    @Nested
    class DeletingManifests extends ManifestDeletionRules {
        DeletingManifests() {
            super(RegistryContract.this);
        }
    }

    @Nested
    class Tagging extends TagRules {
        Tagging() {
            super(RegistryContract.this);
        }
    }

    @Nested
    class TaggingOnCondition extends TagConditionRules {
        TaggingOnCondition() {
            super(RegistryContract.this);
        }
    }

    @Nested
    class ListingTags extends TagListingRules {
        ListingTags() {
            super(RegistryContract.this);
        }
    }

    @Nested
    class ListingRepositories extends CatalogueRules {
        ListingRepositories() {
            super(RegistryContract.this);
        }
    }

    @Nested
    class ListingReferrers extends ReferrerRules {
        ListingReferrers() {
            super(RegistryContract.this);
        }
    }

    @Nested
    class Objects extends RegistryObjectRules {
        Objects() {
            super(RegistryContract.this);
        }
    }
}
