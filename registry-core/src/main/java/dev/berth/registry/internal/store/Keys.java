package dev.berth.registry.internal.store;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectKey;
import java.util.Optional;

/**
 * Every key of a registry's store is made here and nowhere else.
 *
 * <p>The primary keys, below {@code docker/registry/v2/}, are those of Docker's own registry. All others are below
 * {@code _berth/}. No key is a segment-wise prefix of another one.
 */
public final class Keys {
    private static final String DOCKER = "docker/registry/v2/";
    private static final String BERTH = "_berth/";
    private static final String INDEX = BERTH + "index/";

    /** Below it are the repositories of the layout, each in as many groups as its name has components. */
    static final KeyPrefix REPOSITORIES = KeyPrefix.of(DOCKER + "repositories/");

    /** Below it are the bytes of all blobs and manifests. */
    public static final KeyPrefix BLOBS = KeyPrefix.of(DOCKER + "blobs/");

    static final String MANIFESTS_GROUP = "_manifests/";
    static final String LINK = "link";

    /** The catalogue: a mark for each repository that has a manifest. */
    static final KeyPrefix CATALOGUE = KeyPrefix.of(INDEX + "repositories/");

    public static final ObjectKey INDEX_FORMAT = ObjectKey.of(INDEX + "format");
    static final KeyPrefix REPAIRS = KeyPrefix.of(INDEX + "repairs/");
    public static final KeyPrefix UPLOADS = KeyPrefix.of(BERTH + "uploads/");
    public static final ObjectKey COLLECTION_RUNNING = ObjectKey.of(BERTH + "collection/running");

    private Keys() {}

    // What Docker's registry knows as well.

    public static ObjectKey data(Digest digest) {
        return BLOBS.key(digest.algorithm().id() + "/" + digest.hex().substring(0, 2) + "/" + digest.hex() + "/data");
    }

    public static ObjectKey layerLink(RepositoryName repository, Digest digest) {
        return layers(repository).key(segments(digest) + "/" + LINK);
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

    /** Where Docker's registry notes which manifests a tag has named. Not needed to serve; removed with the tag. */
    public static KeyPrefix tagHistory(RepositoryName repository, Tag tag) {
        return KeyPrefix.of(tags(repository) + tag.value() + "/index/");
    }

    static KeyPrefix tags(RepositoryName repository) {
        return KeyPrefix.of(REPOSITORIES + repository.value() + "/" + MANIFESTS_GROUP + "tags/");
    }

    /** The media type of a manifest whose bytes do not tell it; beside the revision, as it is part of the facts. */
    static ObjectKey revisionMediaType(RepositoryName repository, Digest digest) {
        return revisions(repository).key(segments(digest) + "/berth-media-type");
    }

    // The index. Marks: empty objects whose existence is the information.

    public static ObjectKey catalogueMark(RepositoryName repository) {
        return CATALOGUE.key(SortableName.encode(repository));
    }

    public static KeyPrefix tagMarks(RepositoryName repository) {
        return KeyPrefix.of(INDEX + "tags/" + SortableName.encode(repository) + "/");
    }

    public static ObjectKey tagMark(RepositoryName repository, Tag tag) {
        return tagMarks(repository).key(tag.value());
    }

    public static KeyPrefix taggedMarks(RepositoryName repository, Digest digest) {
        return KeyPrefix.of(INDEX + "tagged/" + SortableName.encode(repository) + "/" + segments(digest) + "/");
    }

    public static ObjectKey taggedMark(RepositoryName repository, Digest digest, Tag tag) {
        return taggedMarks(repository, digest).key(tag.value());
    }

    public static KeyPrefix referrerMarks(RepositoryName repository, Digest subject) {
        return KeyPrefix.of(INDEX + "referrers/" + SortableName.encode(repository) + "/" + segments(subject) + "/");
    }

    public static ObjectKey referrerMark(RepositoryName repository, Digest subject, Digest referrer) {
        return referrerMarks(repository, subject).key(leaf(referrer));
    }

    public static ObjectKey referenceMark(Digest target, RepositoryName repository, Digest manifest) {
        return ObjectKey.of(INDEX + "references/" + segments(target) + "/" + SortableName.encode(repository) + "/"
                + leaf(manifest));
    }

    public static KeyPrefix holderMarks(Digest blob) {
        return KeyPrefix.of(INDEX + "holders/" + segments(blob) + "/");
    }

    public static ObjectKey holderMark(Digest blob, RepositoryName repository) {
        return holderMarks(blob).key(SortableName.encode(repository));
    }

    static ObjectKey repair(String id) {
        return REPAIRS.key(id);
    }

    // Uploads and collection.

    static KeyPrefix upload(String id) {
        return KeyPrefix.of(UPLOADS + id + "/");
    }

    static ObjectKey uploadRecord(String id) {
        return upload(id).key("record");
    }

    public static ObjectKey uploadStaging(String id) {
        return upload(id).key("data");
    }

    public static ObjectKey condemned(Digest digest) {
        return ObjectKey.of(BERTH + "collection/condemned/" + segments(digest));
    }

    // Reading keys back.

    static String lastSegment(String key) {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    /** Reads what {@link #leaf} wrote. */
    public static Optional<Digest> digestOfLeaf(String leaf) {
        int dash = leaf.indexOf('-');
        return dash < 0 ? Optional.empty() : digest(leaf.substring(0, dash), leaf.substring(dash + 1));
    }

    /** Reads the digest out of {@code …/<algorithm>/<hex>/link}. */
    static Optional<Digest> digestOfLink(String key) {
        String[] segments = key.split("/", -1);
        int last = segments.length - 1;
        return last >= 2 && segments[last].equals(LINK)
                ? digest(segments[last - 2], segments[last - 1])
                : Optional.empty();
    }

    private static Optional<Digest> digest(String algorithm, String hex) {
        try {
            return DigestAlgorithm.find(algorithm).map(known -> Digest.of(known, hex));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String segments(Digest digest) {
        return digest.algorithm().id() + "/" + digest.hex();
    }

    public static String leaf(Digest digest) {
        return digest.algorithm().id() + "-" + digest.hex();
    }
}
