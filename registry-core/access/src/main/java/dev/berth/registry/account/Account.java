package dev.berth.registry.account;

import dev.berth.registry.server.Caller;
import java.util.Objects;

/**
 * An account as it is at a time.
 *
 * @param caller the caller that whoever has its credentials is
 * @param subject what {@link Accounts#find} finds it by: its name, or a text that names one of its credentials
 * @param version changes when the credentials do; no secret, and nothing can be concluded from it
 * @since 0.1
 */
public record Account(Caller caller, String subject, String version) {

    /** Checks that nothing is null and that the caller has a name. */
    public Account {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(version, "version");
        if (caller.isAnonymous()) {
            throw new IllegalArgumentException("An account needs a caller with a name");
        }
    }

    /** Returns an account that is found by the name of its caller. */
    public static Account of(Caller caller, String version) {
        return new Account(caller, caller.name(), version);
    }
}
