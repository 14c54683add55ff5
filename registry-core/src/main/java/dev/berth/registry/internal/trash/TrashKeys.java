package dev.berth.registry.internal.trash;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.SortableName;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectKey;

/** The keys of the trash. That of a manifest is {@link Keys#trashedManifest}, since collection looks at it. */
public final class TrashKeys {
    /** The manifests that were deleted: a group for each repository. */
    public static final KeyPrefix MANIFESTS = KeyPrefix.of(Keys.TRASH + "manifests/");

    /** The tags that were deleted: a group for each repository. */
    public static final KeyPrefix TAGS = KeyPrefix.of(Keys.TRASH + "tags/");

    /** What was deleted, in the order of the times. */
    static final KeyPrefix TIMES = KeyPrefix.of(Keys.TRASH + "times/");

    private TrashKeys() {}

    static KeyPrefix manifests(RepositoryName repository) {
        return KeyPrefix.of(MANIFESTS + SortableName.encode(repository) + "/");
    }

    /** The tag was deleted when it named this manifest. */
    static ObjectKey tag(RepositoryName repository, Digest digest, Tag tag) {
        return tags(repository, digest).key(tag.value());
    }

    static KeyPrefix tags(RepositoryName repository, Digest digest) {
        return KeyPrefix.of(tags(repository) + Keys.segments(digest) + "/");
    }

    /** Returns a text after all tags that named this manifest, and before those of the next one. */
    static String afterTags(RepositoryName repository, Digest digest) {
        // The character after the slash.
        return tags(repository) + Keys.segments(digest) + '0';
    }

    static KeyPrefix tags(RepositoryName repository) {
        return KeyPrefix.of(TAGS + SortableName.encode(repository) + "/");
    }

    /** The manifest, which is in the trash, refers to this subject. */
    static ObjectKey referrer(RepositoryName repository, Digest subject, Digest manifest) {
        return referrers(repository, subject).key(Keys.leaf(manifest));
    }

    static KeyPrefix referrers(RepositoryName repository, Digest subject) {
        return KeyPrefix.of(
                Keys.TRASH + "referrers/" + SortableName.encode(repository) + "/" + Keys.segments(subject) + "/");
    }

    /** When a deletion was, by a name that is in the order of the times. */
    static ObjectKey time(String name) {
        return TIMES.key(name);
    }
}
