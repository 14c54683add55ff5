package dev.berth.registry.internal.store;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The keys of a registry in an object store. No other class makes keys, but for what the trash keeps beside manifests. {@link
 * KeyReader} reads them.
 *
 * <p>The primary keys, below {@code docker/registry/v2/}, are those of {@code registry:2}. All others are below
 * {@code _berth/}. No key is a segment-wise prefix of another one.
 */
public final class Keys {
    private static final String DOCKER = "docker/registry/v2/";
    private static final String BERTH = "_berth/";
    private static final String INDEX = BERTH + "index/";

    /** The repositories of the layout, each in as many groups as its name has components. */
    public static final KeyPrefix REPOSITORIES = KeyPrefix.of(DOCKER + "repositories/");

    /** The bytes of all blobs and manifests. */
    public static final KeyPrefix BLOBS = KeyPrefix.of(DOCKER + "blobs/");

    static final String MANIFESTS_GROUP = "_manifests/";
    static final String LINK = "link";

    /** The catalogue: an entry for each repository that has a manifest. */
    static final KeyPrefix CATALOGUE = KeyPrefix.of(INDEX + "repositories/");

    /** The version of the index, and whether it is complete. */
    static final ObjectKey INDEX_FORMAT = ObjectKey.of(INDEX + "format");

    /** For collection: which manifests need which content. */
    static final KeyPrefix REFERENCES = KeyPrefix.of(INDEX + "references/");

    /** Tags by the manifest that they name, or have named. */
    static final KeyPrefix TAGGED = KeyPrefix.of(INDEX + "tagged/");

    /** Manifests by the subject that they refer to. */
    static final KeyPrefix REFERRERS = KeyPrefix.of(INDEX + "referrers/");

    /** For collection: which repositories have which data as a manifest. */
    static final KeyPrefix MANIFEST_ENTRIES = KeyPrefix.of(INDEX + "manifests/");

    /** Which repositories have which blobs. */
    static final KeyPrefix HOLDERS = KeyPrefix.of(INDEX + "holders/");

    /** For collection: which digests name which data of another digest. */
    static final KeyPrefix ALIASES = KeyPrefix.of(INDEX + "aliases/");

    /** For collection: the manifests of which nobody knows what they need. */
    static final KeyPrefix BROKEN = KeyPrefix.of(INDEX + "broken/");

    /** The repair journal. */
    static final KeyPrefix REPAIRS = KeyPrefix.of(INDEX + "repairs/");

    /** The records of the uploads that have not ended. */
    public static final KeyPrefix UPLOADS = KeyPrefix.of(BERTH + "uploads/");

    /** What the store keeps of the bytes of uploads. */
    public static final KeyPrefix STAGING = KeyPrefix.of(BERTH + "staging/");

    /** Data that somebody is at work with for longer than a mark may be trusted. */
    static final KeyPrefix HOLDS = KeyPrefix.of(BERTH + "collection/holds/");

    /** What collections have condemned, or delete. */
    static final KeyPrefix MARKS = KeyPrefix.of(BERTH + "collection/marks/");

    /** References of manifests that the repository does not have, for whoever removes what is left of them. */
    static final KeyPrefix GHOSTS = KeyPrefix.of(BERTH + "collection/ghosts/");

    /** What may have become garbage. */
    static final KeyPrefix CANDIDATES = KeyPrefix.of(BERTH + "collection/changed/");

    /** The manifests and tags that were deleted, and can be restored. */
    public static final KeyPrefix TRASH = KeyPrefix.of(BERTH + "trash/");

    /** Where a scrub is, and what the last one has found. */
    public static final KeyPrefix SCRUB = KeyPrefix.of(BERTH + "scrub/");

    /** The damaged data that scrubs have moved aside. */
    public static final KeyPrefix QUARANTINE = KeyPrefix.of(BERTH + "quarantine/");

    /** How often and when manifests were pulled. */
    public static final KeyPrefix PULLS = KeyPrefix.of(BERTH + "pulls/");

    /** Events that were not delivered yet, and to whom they go. */
    public static final KeyPrefix EVENTS = KeyPrefix.of(BERTH + "events/");

    /** What mirrors keep of the images that they have brought, each below its name. */
    public static final KeyPrefix MIRRORS = KeyPrefix.of(BERTH + "mirror/");

    /** What replication knows, see {@code dev.berth.registry.mirror.replication}. */
    public static final KeyPrefix REPLICATION = KeyPrefix.of(BERTH + "replication/");

    /** What is known of the scans of images, see {@code dev.berth.registry.scan.service}. */
    public static final KeyPrefix SCANS = KeyPrefix.of(BERTH + "scan/");

    /** What the console's lists show of repositories, which is derived from them. */
    public static final KeyPrefix CONSOLE = KeyPrefix.of(BERTH + "console/");

    /** The events of the audit, the newest hour first, see {@code dev.berth.registry.audit.store}. */
    public static final KeyPrefix AUDIT = KeyPrefix.of(BERTH + "audit/");

    /** What collections have done, and what the last dry run has found. */
    public static final KeyPrefix COLLECTIONS = KeyPrefix.of(BERTH + "maintenance/collection/");

    private Keys() {}

    // Keys that registry:2 has as well.

    public static ObjectKey data(Digest digest) {
        return BLOBS.key(digest.algorithm().id() + "/" + digest.hex().substring(0, 2) + "/" + digest.hex() + "/data");
    }

    public static ObjectKey layerLink(RepositoryName repository, Digest digest) {
        return layers(repository).key(segments(digest) + "/" + LINK);
    }

    /** Where {@code registry:2} keeps the uploads that have not ended. */
    public static KeyPrefix dockerUploads(RepositoryName repository) {
        return KeyPrefix.of(REPOSITORIES + repository.value() + "/_uploads/");
    }

    static KeyPrefix layers(RepositoryName repository) {
        return KeyPrefix.of(REPOSITORIES + repository.value() + "/_layers/");
    }

    public static ObjectKey revisionLink(RepositoryName repository, Digest digest) {
        return revisions(repository).key(segments(digest) + "/" + LINK);
    }

    static KeyPrefix revisions(RepositoryName repository) {
        return KeyPrefix.of(REPOSITORIES + repository.value() + "/" + MANIFESTS_GROUP + "revisions/");
    }

    public static ObjectKey tagLink(RepositoryName repository, Tag tag) {
        return tags(repository).key(tag.value() + "/current/" + LINK);
    }

    /** Where {@code registry:2} keeps which manifests a tag has named. Never read; deleted with the tag. */
    public static KeyPrefix tagHistory(RepositoryName repository, Tag tag) {
        return KeyPrefix.of(tags(repository) + tag.value() + "/index/");
    }

    static KeyPrefix tags(RepositoryName repository) {
        return KeyPrefix.of(REPOSITORIES + repository.value() + "/" + MANIFESTS_GROUP + "tags/");
    }

    /** The media type of a manifest whose bytes would be taken for another type. It is a fact, so it is beside the link. */
    public static ObjectKey revisionMediaType(RepositoryName repository, Digest digest) {
        return revisions(repository).key(segments(digest) + "/berth-media-type");
    }

    // The index: empty objects, whose existence is the information.

    public static ObjectKey catalogueEntry(RepositoryName repository) {
        return CATALOGUE.key(SortableName.encode(repository));
    }

    static KeyPrefix tagEntries(RepositoryName repository) {
        return KeyPrefix.of(INDEX + "tags/" + SortableName.encode(repository) + "/");
    }

    public static ObjectKey tagEntry(RepositoryName repository, Tag tag) {
        return tagEntries(repository).key(tag.value());
    }

    static KeyPrefix taggedEntries(RepositoryName repository, Digest digest) {
        return KeyPrefix.of(TAGGED + SortableName.encode(repository) + "/" + segments(digest) + "/");
    }

    public static ObjectKey taggedEntry(RepositoryName repository, Digest digest, Tag tag) {
        return taggedEntries(repository, digest).key(tag.value());
    }

    static KeyPrefix referrerEntries(RepositoryName repository, Digest subject) {
        return KeyPrefix.of(REFERRERS + SortableName.encode(repository) + "/" + segments(subject) + "/");
    }

    /** The name says the artifact type as well, so that a listing of one type reads nothing of the others. */
    public static ObjectKey referrerEntry(
            RepositoryName repository, Digest subject, Digest referrer, Optional<String> artifactType) {
        return referrerEntries(repository, subject)
                .key(leaf(referrer) + "." + artifactType.map(Keys::shortHash).orElse("-"));
    }

    /** The entry of a referrer as it was before it had the artifact type. */
    public static ObjectKey untypedReferrerEntry(RepositoryName repository, Digest subject, Digest referrer) {
        return referrerEntries(repository, subject).key(leaf(referrer));
    }

    /** The beginning of a hash: texts that differ nearly always have different ones. */
    private static String shortHash(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 16);
    }

    /** In the order of the digests, repositories and manifests, as all entries for collection. */
    static KeyPrefix referenceEntries(Digest target) {
        return KeyPrefix.of(REFERENCES + segments(target) + "/");
    }

    static KeyPrefix referenceEntries(Digest target, RepositoryName repository) {
        return KeyPrefix.of(referenceEntries(target) + SortableName.encode(repository) + "/");
    }

    public static ObjectKey referenceEntry(Digest target, RepositoryName repository, Digest manifest) {
        return referenceEntries(target, repository).key(leaf(manifest));
    }

    static KeyPrefix holderEntries(Digest blob) {
        return KeyPrefix.of(HOLDERS + segments(blob) + "/");
    }

    public static ObjectKey holderEntry(Digest blob, RepositoryName repository) {
        return holderEntries(blob).key(SortableName.encode(repository));
    }

    static KeyPrefix manifestEntries(Digest data) {
        return KeyPrefix.of(MANIFEST_ENTRIES + segments(data) + "/");
    }

    /** The repository has, or had, a link to this data as a manifest. */
    public static ObjectKey manifestEntry(Digest data, RepositoryName repository) {
        return manifestEntries(data).key(SortableName.encode(repository));
    }

    static KeyPrefix aliasEntries(Digest data) {
        return KeyPrefix.of(ALIASES + segments(data) + "/");
    }

    /** Links named by {@code digest} point at data of another digest, as {@code registry:2} stores a sha512. */
    public static ObjectKey aliasEntry(Digest data, Digest digest) {
        return aliasEntries(data).key(leaf(digest));
    }

    static KeyPrefix brokenEntries(RepositoryName repository) {
        return KeyPrefix.of(BROKEN + SortableName.encode(repository) + "/");
    }

    /** The repository has a link of this manifest, but what it refers to could not be read. */
    public static ObjectKey brokenEntry(RepositoryName repository, Digest manifest) {
        return brokenEntries(repository).key(leaf(manifest));
    }

    static ObjectKey repair(String id) {
        return REPAIRS.key(id);
    }

    // Uploads and collection.

    public static ObjectKey uploadRecord(String id) {
        return UPLOADS.key(id);
    }

    public static ObjectKey uploadStaging(String id) {
        return STAGING.key(id);
    }

    static KeyPrefix holds(Digest data) {
        return KeyPrefix.of(HOLDS + segments(data) + "/");
    }

    static KeyPrefix holds(Digest data, RepositoryName repository) {
        return KeyPrefix.of(holds(data) + SortableName.encode(repository) + "/");
    }

    static ObjectKey hold(Digest data, RepositoryName repository, String id) {
        return holds(data, repository).key(id);
    }

    static ObjectKey mark(Digest data) {
        return MARKS.key(segments(data));
    }

    static KeyPrefix ghostEntries(Digest manifest) {
        return KeyPrefix.of(GHOSTS + segments(manifest) + "/");
    }

    /** There is a reference of this manifest to this content, which the repository does not have. */
    public static ObjectKey ghostEntry(Digest manifest, RepositoryName repository, Digest content) {
        return ghostEntries(manifest).key(SortableName.encode(repository) + "/" + leaf(content));
    }

    static ObjectKey candidate(String name) {
        return CANDIDATES.key(name);
    }

    /**
     * Exists, and is not empty, while a manifest that was deleted can be restored. For collection, the repository has it until
     * then.
     */
    public static ObjectKey trashedManifest(RepositoryName repository, Digest digest) {
        return TRASH.key("manifests/" + SortableName.encode(repository) + "/" + segments(digest));
    }

    /** The numbers of pulls of a repository. */
    public static ObjectKey pulls(RepositoryName repository) {
        return PULLS.key("repositories/" + SortableName.encode(repository));
    }

    /** Where damaged data is kept that was found at a time. */
    public static ObjectKey quarantined(Digest digest, String time) {
        return QUARANTINE.key(segments(digest) + "/" + time);
    }

    /** Returns a digest as two segments. */
    public static String segments(Digest digest) {
        return digest.algorithm().id() + "/" + digest.hex();
    }

    /** Returns a digest as one segment. */
    public static String leaf(Digest digest) {
        return digest.algorithm().id() + "-" + digest.hex();
    }
}
