package dev.berth.registry.scan.accepted;

import java.util.Locale;
import java.util.Optional;

/**
 * What somebody says of a finding. The words are those of VEX, and one that is not there: a risk that is taken.
 *
 * @since 0.1
 */
public enum Status {
    /** It is there, and the risk is taken. This is a decision, and stands whatever else is claimed. */
    ACCEPTED(true),
    /** The image has the package, but what is known against it does no harm there. */
    NOT_AFFECTED(true),
    /** The package was mended, though its version does not tell. */
    FIXED(true),
    /** It does harm there. This ends older claims that it does not. */
    AFFECTED(false),
    /** Nobody knows yet. This ends older claims that it does no harm. */
    UNDER_INVESTIGATION(false);

    private final boolean settles;

    Status(boolean settles) {
        this.settles = settles;
    }

    /** Returns whether a finding of which this is said does not count. */
    public boolean settles() {
        return settles;
    }

    /** Returns the name in documents: {@code not_affected}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Status> of(String id) {
        for (Status status : values()) {
            if (status.id().equals(id)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }
}
