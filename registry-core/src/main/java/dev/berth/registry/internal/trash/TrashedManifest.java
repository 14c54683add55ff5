package dev.berth.registry.internal.trash;

import dev.berth.registry.Digest;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectVersion;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * A manifest in the trash.
 *
 * @param digest the digest, as the repository named it
 * @param data the digest of the data
 * @param mediaType the media type that it was pushed with
 * @param size in bytes
 * @param subject the manifest that it refers to
 * @param at when it was deleted
 */
public record TrashedManifest(
        Digest digest, Digest data, String mediaType, long size, Optional<Digest> subject, Instant at) {

    /**
     * A manifest that was read.
     *
     * @param version the version of the object, for its removal
     */
    public record Read(TrashedManifest manifest, ObjectKey key, ObjectVersion version) {}

    byte[] bytes() {
        return TrashObject.bytes(
                at,
                digest.toString(),
                data.toString(),
                Long.toString(size),
                subject.map(Digest::toString).orElse("-"),
                mediaType);
    }

    static Optional<Read> of(TrashObject object) throws IOException {
        if (object.lines().size() < 5) {
            return Optional.empty();
        }
        try {
            String subject = object.lines().get(3);
            TrashedManifest manifest = new TrashedManifest(
                    Digest.parse(object.lines().get(0)),
                    Digest.parse(object.lines().get(1)),
                    String.join("\n", object.lines().subList(4, object.lines().size())),
                    Long.parseLong(object.lines().get(2)),
                    subject.equals("-") ? Optional.empty() : Optional.of(Digest.parse(subject)),
                    object.at());
            return Optional.of(new Read(manifest, object.key(), object.version()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
