package dev.berth.registry.engine;

import com.google.common.collect.Iterators;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Listing;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.audit.AuditOrigin;
import dev.berth.registry.internal.trash.ManifestRestore;
import dev.berth.registry.internal.trash.RepositoryRestore;
import dev.berth.registry.internal.trash.RestoreCount;
import dev.berth.registry.internal.trash.TrashAccess;
import dev.berth.registry.internal.trash.TrashAudit;
import dev.berth.registry.internal.trash.TrashContents;
import dev.berth.registry.internal.trash.TrashExpiry;
import dev.berth.registry.internal.trash.TrashListing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The manifests and tags that were deleted, and can be restored: {@link StorageRegistry#trash}. They stay for the time that
 * {@link StorageOptions.Builder#undelete} sets, and then until {@link StorageRegistry#maintain} runs. Until then collection
 * keeps what they need. Clients of the registry do not see them. A blob that was deleted by itself is not in the trash, nor
 * is what a tag named before it was moved.
 *
 * <p>Nothing is overwritten: a tag that has been set again stays as it is. Restoring is like a push, without its checks by
 * whoever wraps the registry: no rules, quotas, permissions or events, unless it goes {@link #through} that registry;
 * {@link #auditedBy} tells an audit. What is there already is left, so
 * that a restore can be repeated, also after a crash.
 *
 * <p>All methods throw a {@link RegistryException} with {@link ErrorCode#UNAVAILABLE} if the storage fails. Thread-safe, and
 * safe beside pushes, deletions and collections of any process.
 *
 * @since 0.1
 */
public final class Trash {
    private final Engine engine;
    private final TrashAccess access;
    private final TrashAudit audit;

    Trash(Engine engine, Registry registry) {
        this(
                engine,
                new TrashAccess(registry, new TrashContents(engine.store), engine.revisions, engine.links),
                new TrashAudit(AuditListener.none(), AuditOrigin.none(), engine.options.clock()));
    }

    private Trash(Engine engine, TrashAccess access, TrashAudit audit) {
        this.engine = engine;
        this.access = access;
        this.audit = audit;
    }

    /**
     * Returns this trash for somebody who has to account for it: what is restored, and what is removed for good, is told.
     *
     * @param origin who restores
     */
    public Trash auditedBy(AuditListener listener, AuditOrigin origin) {
        return new Trash(engine, access, new TrashAudit(listener, origin, engine.options.clock()));
    }

    /**
     * Returns this trash with what is restored pushed through a registry, such as one that publishes events and has quotas:
     * what that one refuses is a problem of the report.
     *
     * @param registry stores in the store of this trash
     */
    public Trash through(Registry registry) {
        Objects.requireNonNull(registry, "registry");
        return new Trash(
                engine, new TrashAccess(registry, access.contents(), access.revisions(), access.links()), audit);
    }

    /** Returns for how long what is deleted can be restored: {@link StorageOptions.Builder#undelete}. Zero: not at all. */
    public Duration window() {
        return engine.options.undelete();
    }

    /** Lists the repositories that have something in the trash, in an order that is always the same. */
    public Listing<RepositoryName, RepositoryName> deletedRepositories() {
        return Listing.of(
                (after, wanted) -> engine.call("list the trash", () -> new TrashListing(access).repositories(after)));
    }

    /**
     * Lists what of a repository is in the trash, in the order of the digests. Empty if nothing is. A tag that was deleted
     * several times is listed with each manifest that it named.
     */
    public Listing<DeletedManifest, Digest> deleted(RepositoryName repository) {
        Objects.requireNonNull(repository, "repository");
        return Listing.of((after, wanted) -> engine.call(
                "list the trash of " + repository,
                () -> Iterators.transform(new TrashListing(access).open(repository, after), Trash::deleted)));
    }

    /**
     * Restores a manifest as a whole: the manifests of an index, those that refer to it such as signatures, and all tags
     * that were deleted when they named any of them. A tag that has been set since stays, and is reported.
     *
     * @throws RegistryException with {@link ErrorCode#MANIFEST_UNKNOWN} if it is neither in the trash nor in the repository,
     *     with {@link ErrorCode#MANIFEST_BLOB_UNKNOWN} if something that it needs is missing
     */
    public RestoreReport restore(RepositoryName repository, Digest digest) {
        Objects.requireNonNull(digest, "digest");
        RestoreCount count = engine.call("restore " + repository + "@" + digest, () -> {
            ManifestRestore restore = new ManifestRestore(access, repository);
            restore.whole(digest);
            return restore.count();
        });
        audit.restored(repository, "restore the manifest " + digest + " of " + repository, count);
        return report(count);
    }

    /**
     * Restores a tag as it was when it was deleted the last time. If its manifest was deleted as well, that is restored as a
     * whole, without its other tags.
     *
     * @throws RegistryException with {@link ErrorCode#MANIFEST_UNKNOWN} if the tag is not in the trash and does not exist,
     *     with {@link ErrorCode#PRECONDITION_FAILED} if it has been set since, with
     *     {@link ErrorCode#MANIFEST_BLOB_UNKNOWN} if something that it needs is missing
     */
    public RestoreReport restore(RepositoryName repository, Tag tag) {
        Objects.requireNonNull(tag, "tag");
        RestoreCount count = engine.call("restore " + repository + ":" + tag, () -> {
            ManifestRestore restore = new ManifestRestore(access, repository);
            restore.latest(tag);
            return restore.count();
        });
        audit.restored(repository, "restore the tag " + tag + " of " + repository, count);
        return report(count);
    }

    /**
     * Restores every manifest and tag of a repository that was deleted at this time or later. A tag that was deleted several
     * times since names what it named at the first of them. What cannot be restored is reported, and the rest goes on.
     */
    public RestoreReport restore(RepositoryName repository, Instant since) {
        Objects.requireNonNull(since, "since");
        RestoreCount count =
                engine.call("restore " + repository, () -> new RepositoryRestore(access, repository, since).run());
        audit.restored(repository, "restore what was deleted from " + repository + " since " + since, count);
        return report(count);
    }

    /**
     * Removes a manifest and the tags that named it from the trash before their time, so that the next collection frees the
     * space.
     *
     * @return how many manifests and tags were removed
     */
    public long purge(RepositoryName repository, Digest digest) {
        Objects.requireNonNull(digest, "digest");
        long purged = engine.call("purge " + repository + "@" + digest, () -> expiry().purge(repository, digest));
        audit.purged(repository, "remove the manifest " + digest + " of " + repository + " for good", purged);
        return purged;
    }

    /** As {@link #purge(RepositoryName, Digest)}, for everything of a repository. */
    public long purge(RepositoryName repository) {
        Objects.requireNonNull(repository, "repository");
        long purged = engine.call("purge the trash of " + repository, () -> expiry().purge(repository));
        audit.purged(repository, "remove what was deleted from " + repository + " for good", purged);
        return purged;
    }

    private static DeletedManifest deleted(TrashListing.Listed listed) {
        List<DeletedTag> tags = listed.tags().stream()
                .map(tag -> new DeletedTag(tag.tag(), tag.at()))
                .toList();
        return new DeletedManifest(listed.manifest(), listed.deletedAt(), tags, listed.furtherTags());
    }

    private static RestoreReport report(RestoreCount count) {
        return new RestoreReport(count.manifests(), count.tags(), count.problems(), count.furtherProblems());
    }

    private TrashExpiry expiry() {
        return new TrashExpiry(engine.store, engine.contents.candidates(), engine.options.clock());
    }
}
