package dev.berth.registry.event;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.time.Instant;
import java.util.List;

/** Something that happened in a registry. Later versions may add kinds. */
public sealed interface RegistryEvent {

    /** Returns when it happened, by the clock of the process that did it. */
    Instant at();

    /** Returns the repository it happened in. */
    RepositoryName repository();

    /** Returns who did it: a name for people, empty for an anonymous caller. */
    String actor();

    /** A manifest was stored, and these tags point at it now. */
    record ManifestPushed(Instant at, RepositoryName repository, String actor, Descriptor manifest, List<Tag> tags)
            implements RegistryEvent {}

    /** A manifest was handed out in full. */
    record ManifestPulled(Instant at, RepositoryName repository, String actor, Descriptor manifest)
            implements RegistryEvent {}

    /** A manifest was deleted, with these tags. */
    record ManifestDeleted(Instant at, RepositoryName repository, String actor, Digest digest, List<Tag> tags)
            implements RegistryEvent {}

    /** A tag was pointed at a manifest that was there already. */
    record TagPut(Instant at, RepositoryName repository, String actor, Tag tag, Digest target)
            implements RegistryEvent {}

    /** A tag was deleted; the manifest stays. */
    record TagDeleted(Instant at, RepositoryName repository, String actor, Tag tag) implements RegistryEvent {}

    /** A blob was pushed. */
    record BlobPushed(Instant at, RepositoryName repository, String actor, Descriptor blob) implements RegistryEvent {}

    /** A blob of another repository was mounted. */
    record BlobMounted(Instant at, RepositoryName repository, String actor, Descriptor blob) implements RegistryEvent {}

    /** A blob, or a part of it, was opened for reading, or an address was given out from which it can be read. */
    record BlobPulled(Instant at, RepositoryName repository, String actor, Descriptor blob) implements RegistryEvent {}

    /** A blob was removed from the repository. */
    record BlobDeleted(Instant at, RepositoryName repository, String actor, Digest digest) implements RegistryEvent {}
}
