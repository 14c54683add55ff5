package dev.berth.registry.console.catalog;

import dev.berth.registry.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What lists show of an image. Immutable. The texts come from whoever pushed it.
 *
 * @param digest the digest of the manifest
 * @param kind what it is
 * @param type the type of an artifact, or the media type of the manifest
 * @param size the bytes of configuration and layers, as the manifest states them; of an index those of all its images
 * @param created when it was built, by its own account
 * @param pushed when it was pushed; empty if the registry does not say
 * @param platforms the platforms that it runs on: {@code linux/amd64}
 * @param description what it says about itself; empty if it says nothing
 * @param words labels and annotations, to be found by
 * @param problem why it cannot be read; empty if it can
 */
public record ImageSummary(
        Digest digest,
        ImageKind kind,
        String type,
        long size,
        Optional<Instant> created,
        Optional<Instant> pushed,
        List<String> platforms,
        String description,
        String words,
        String problem) {

    /** Checks that the parts are there. */
    public ImageSummary {
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(pushed, "pushed");
        platforms = List.copyOf(platforms);
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(words, "words");
        Objects.requireNonNull(problem, "problem");
    }

    static ImageSummary broken(Digest digest, String type, Optional<Instant> pushed, String problem) {
        return new ImageSummary(
                digest, ImageKind.BROKEN, type, 0, Optional.empty(), pushed, List.of(), "", "", problem);
    }

    /** Returns when it was pushed, or else built; the beginning of time if nobody says. */
    public Instant age() {
        return pushed.or(() -> created).orElse(Instant.EPOCH);
    }
}
