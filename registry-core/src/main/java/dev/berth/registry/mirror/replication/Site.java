package dev.berth.registry.mirror.replication;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.copy.RepositoryLocation;
import java.util.Optional;

/** A repository of the source, and the one of the target that it is carried over to. */
record Site(RepositoryLocation from, RepositoryLocation to) {

    /** Returns the name by which all are told of it. */
    RepositoryName name() {
        return from.name();
    }

    Repository source() {
        return from.registry().repository(from.name());
    }

    Repository target() {
        return to.registry().repository(to.name());
    }

    ImageLocation sourceImage(ManifestSelector selector) {
        return from.image(selector);
    }

    ImageLocation targetImage(ManifestSelector selector) {
        return to.image(selector);
    }

    Optional<Digest> sourceDigest(Tag tag) {
        return source().tags().resolve(tag).map(Descriptor::digest);
    }

    Optional<Digest> targetDigest(Tag tag) {
        return target().tags().resolve(tag).map(Descriptor::digest);
    }
}
