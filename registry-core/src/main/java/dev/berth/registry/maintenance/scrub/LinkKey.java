package dev.berth.registry.maintenance.scrub;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.internal.store.KeyReader;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.storage.ObjectKey;
import java.util.Optional;

/**
 * The key of a link, taken apart.
 *
 * @param digest the digest that the link is named after; empty for a tag
 * @param tag the tag; empty for others
 * @param manifest whether it is the link of a manifest, and not that of a blob or a tag
 */
record LinkKey(ObjectKey key, RepositoryName repository, Optional<Digest> digest, Optional<Tag> tag, boolean manifest) {

    /** Returns the parts of a key below the repositories, or empty if it is not the key of a link that is read. */
    static Optional<LinkKey> parse(String key) {
        String path = key.substring(Keys.REPOSITORIES.value().length());
        int begin = Math.max(path.indexOf("/_layers/"), path.indexOf("/_manifests/"));
        if (begin < 0) {
            return Optional.empty();
        }
        RepositoryName repository;
        try {
            repository = RepositoryName.parse(path.substring(0, begin));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        ObjectKey object = ObjectKey.of(key);
        Optional<Tag> tag = tag(path.substring(begin + 1))
                .filter(found -> Keys.tagLink(repository, found).equals(object));
        if (tag.isPresent()) {
            return Optional.of(new LinkKey(object, repository, Optional.empty(), tag, false));
        }
        Optional<Digest> digest = KeyReader.digestOfLink(key);
        if (digest.isEmpty()) {
            return Optional.empty();
        }
        boolean manifest = Keys.revisionLink(repository, digest.get()).equals(object);
        boolean layer = Keys.layerLink(repository, digest.get()).equals(object);
        return manifest || layer
                ? Optional.of(new LinkKey(object, repository, digest, tag, manifest))
                : Optional.empty();
    }

    private static Optional<Tag> tag(String path) {
        String[] segments = path.split("/", -1);
        return segments.length == 5 && segments[1].equals("tags") ? KeyReader.tag(segments[2]) : Optional.empty();
    }
}
