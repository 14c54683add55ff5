package dev.berth.registry.maintenance;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * One thing that a collection has dealt with. Immutable.
 *
 * @param kind what happened to it
 * @param object what it is: a digest, with the repository if only the link of that one is concerned, or a path
 * @param bytes how many bytes that concerns; 0 where only links are
 * @param due when it may be removed, if it is going to be
 * @param reason why, in a few words
 * @since 0.1
 */
public record CollectionDetail(Kind kind, String object, long bytes, Optional<Instant> due, String reason) {

    /** What happened to something. */
    public enum Kind {
        /** It was removed. In a plan: it would be removed at once. */
        REMOVED,
        /** Nothing needs it, and it was condemned in this pass. In a plan: it would be. */
        CONDEMNED,
        /** It had been condemned before, and waits for the end of its grace period. */
        WAITING,
        /** It had been condemned, and is needed again. */
        KEPT,
        /** It could not be looked at, or not be understood, and was kept, with all that may depend on it. */
        BROKEN
    }

    /** Checks that nothing is missing. */
    public CollectionDetail {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(object, "object");
        Objects.requireNonNull(due, "due");
        Objects.requireNonNull(reason, "reason");
    }

    /** Returns one line of text. */
    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + " " + object + (bytes > 0 ? " (" + bytes + " bytes)" : "")
                + due.map(at -> ", not before " + ReportText.seconds(at)).orElse("") + ": " + reason;
    }
}
