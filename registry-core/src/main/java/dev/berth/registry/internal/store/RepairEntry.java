package dev.berth.registry.internal.store;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * An intent to remove something from the index: what to bring in line with the facts if whoever had it does not come to
 * its end. Kept as lines of text.
 */
sealed interface RepairEntry {

    /** When it was begun. */
    Instant since();

    RepositoryName repository();

    /** A tag that is being deleted. */
    record OfTag(Instant since, RepositoryName repository, Tag tag) implements RepairEntry {}

    /** A manifest that is being deleted. */
    record OfManifest(Instant since, RepositoryName repository, Digest digest) implements RepairEntry {}

    /** A repository that turned out not to be there. */
    record OfRepository(Instant since, RepositoryName repository) implements RepairEntry {}

    /** Returns the same as if begun at another time: repairs of one thing are equal then. */
    default RepairEntry at(Instant time) {
        if (this instanceof OfTag ofTag) {
            return new OfTag(time, repository(), ofTag.tag());
        }
        return this instanceof OfManifest ofManifest
                ? new OfManifest(time, repository(), ofManifest.digest())
                : new OfRepository(time, repository());
    }

    /** Returns the form in which it is kept. */
    default byte[] bytes() {
        String what = "repository\n" + repository();
        if (this instanceof OfTag ofTag) {
            what = "tag\n" + ofTag.tag();
        } else if (this instanceof OfManifest ofManifest) {
            what = "manifest\n" + ofManifest.digest();
        }
        return (since() + "\n" + repository() + "\n" + what + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Reads what {@link #bytes} returned, or returns empty if it is something else. */
    static Optional<RepairEntry> parse(byte[] bytes) {
        String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
        if (lines.length != 5) {
            return Optional.empty();
        }
        try {
            Instant since = Instant.parse(lines[0]);
            RepositoryName repository = RepositoryName.parse(lines[1]);
            return switch (lines[2]) {
                case "tag" -> Optional.of(new OfTag(since, repository, Tag.parse(lines[3])));
                case "manifest" -> Optional.of(new OfManifest(since, repository, Digest.parse(lines[3])));
                case "repository" -> Optional.of(new OfRepository(since, repository));
                default -> Optional.empty();
            };
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
