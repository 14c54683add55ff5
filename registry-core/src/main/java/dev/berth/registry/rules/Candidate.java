package dev.berth.registry.rules;

import dev.berth.registry.Digest;
import dev.berth.registry.Tag;
import java.time.Instant;
import java.util.Optional;

/**
 * What rules decide about.
 *
 * @param tag the tag; empty for a manifest without one
 * @param manifest the manifest
 * @param setAt when the tag was last set, or the manifest pushed, if that is known
 */
record Candidate(Optional<Tag> tag, Digest manifest, Optional<Instant> setAt) {
    static Candidate of(Tag tag, RepositoryFacts.SetTag found) {
        return new Candidate(Optional.of(tag), found.manifest(), found.setAt());
    }

    static Candidate untagged(Digest manifest, Optional<Instant> pushedAt) {
        return new Candidate(Optional.empty(), manifest, pushedAt);
    }
}
