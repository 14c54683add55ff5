package dev.berth.registry.copy;

import dev.berth.registry.Digest;
import dev.berth.registry.Tag;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What is to be done for a tag.
 *
 * @param action what
 * @param tag the tag
 * @param source the manifest that the tag names at the source; empty if it is to be deleted
 * @param before the manifest that the tag names at the target now; empty if it is new
 * @param after the manifest that the tag will name at the target, which is not that of the source if platforms are
 *     chosen; empty if the tag is to be deleted
 * @since 0.1
 */
public record SyncStep(
        Action action, Tag tag, Optional<Digest> source, Optional<Digest> before, Optional<Digest> after) {
    private static final int SHOWN_DIGITS = 12;

    /** What can be done for a tag. */
    public enum Action {
        /** The target does not have the tag. */
        ADD,
        /** The tag names another manifest at the target. */
        MOVE,
        /** The tag is the same, but something that its image consists of, or that refers to it, is missing. */
        COMPLETE,
        /** The source does not have the tag. */
        DELETE
    }

    /** Checks that all are there. */
    public SyncStep {
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(tag, "tag");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
    }

    /** Prints as a line of a plan: {@code move 1.0 sha256:0123456789ab -> sha256:ba9876543210}. */
    @Override
    public String toString() {
        String name = action.name().toLowerCase(Locale.ROOT) + " " + tag + " ";
        return switch (action) {
            case MOVE -> name + shorten(before) + " -> " + shorten(after);
            case DELETE -> name + shorten(before);
            case ADD, COMPLETE -> name + shorten(after);
        };
    }

    private static String shorten(Optional<Digest> digest) {
        return digest.map(d -> d.algorithm() + ":" + d.hex().substring(0, SHOWN_DIGITS))
                .orElse("?");
    }
}
