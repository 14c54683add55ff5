package dev.berth.registry.internal.store;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * An entry of the {@linkplain RepairJournal repair journal}: a part of the index to bring in line with the facts, should
 * the process that is changing it die. Stored as lines of text.
 */
sealed interface RepairEntry {

    /** Returns when the entry was written. */
    Instant since();

    /** Returns the repository it is about. */
    RepositoryName repository();

    /** A tag that is being deleted. */
    record OfTag(Instant since, RepositoryName repository, Tag tag) implements RepairEntry {}

    /** A manifest that is being deleted. */
    record OfManifest(Instant since, RepositoryName repository, Digest digest) implements RepairEntry {}

    /**
     * A manifest that is being deleted since nothing needs it, which has to be looked at again after its link was emptied.
     *
     * @param unlisted whether an index that lists it needs it, too, and not a tag only
     */
    record OfUnneeded(Instant since, RepositoryName repository, Digest digest, boolean unlisted)
            implements RepairEntry {}

    /** A repository that has no manifest left. */
    record OfRepository(Instant since, RepositoryName repository) implements RepairEntry {}

    /** Returns this entry with another time, so that entries about the same thing can be compared. */
    default RepairEntry at(Instant time) {
        if (this instanceof OfTag ofTag) {
            return new OfTag(time, repository(), ofTag.tag());
        }
        if (this instanceof OfUnneeded of) {
            return new OfUnneeded(time, repository(), of.digest(), of.unlisted());
        }
        return this instanceof OfManifest ofManifest
                ? new OfManifest(time, repository(), ofManifest.digest())
                : new OfRepository(time, repository());
    }

    /** Returns the stored form. */
    default byte[] bytes() {
        String what = "repository\n" + repository();
        if (this instanceof OfTag ofTag) {
            what = "tag\n" + ofTag.tag();
        } else if (this instanceof OfManifest ofManifest) {
            what = "manifest\n" + ofManifest.digest();
        } else if (this instanceof OfUnneeded of) {
            what = (of.unlisted() ? "unlisted\n" : "untagged\n") + of.digest();
        }
        return (since() + "\n" + repository() + "\n" + what + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Reads the stored form, or returns empty if the text is something else. */
    static Optional<RepairEntry> parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length != 5) {
            return Optional.empty();
        }
        try {
            Instant since = Instant.parse(lines[0]);
            RepositoryName repository = RepositoryName.parse(lines[1]);
            return switch (lines[2]) {
                case "tag" -> Optional.of(new OfTag(since, repository, Tag.parse(lines[3])));
                case "manifest" -> Optional.of(new OfManifest(since, repository, Digest.parse(lines[3])));
                case "untagged" -> Optional.of(new OfUnneeded(since, repository, Digest.parse(lines[3]), false));
                case "unlisted" -> Optional.of(new OfUnneeded(since, repository, Digest.parse(lines[3]), true));
                case "repository" -> Optional.of(new OfRepository(since, repository));
                default -> Optional.empty();
            };
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
