package dev.berth.registry.mirror;

import dev.berth.registry.RepositoryName;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A mirror has served what it had, and could not ask whether that is still so. Immutable.
 *
 * @param repository the repository, by its name here
 * @param reference the tag, or for a list of referrers the digest of their subject; empty for a list of tags
 * @param reason why the upstream registry was not asked, or has not answered
 * @param checked when it said last that this is so, as far as this process knows
 * @param message what has happened, as a sentence without secrets; it may name the upstream registry
 * @since 0.1
 */
public record StaleAnswer(
        RepositoryName repository, String reference, Reason reason, Optional<Instant> checked, String message) {

    /** Why an upstream registry does not say what is current. More reasons may be added. */
    public enum Reason {
        /** It fails, or cannot be reached. */
        FAILED,
        /** It does not answer in time. */
        TIMED_OUT,
        /** It takes no more requests for now, or those that are left are spared. */
        LIMITED,
        /** It refuses the mirror. */
        REFUSED,
        /** It does not have the tag any more, and the mirror keeps such tags. */
        GONE
    }

    /** Checks that nothing is null. */
    public StaleAnswer {
        Objects.requireNonNull(repository, "repository");
        Objects.requireNonNull(reference, "reference");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(checked, "checked");
        Objects.requireNonNull(message, "message");
    }
}
