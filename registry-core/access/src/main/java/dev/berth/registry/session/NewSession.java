package dev.berth.registry.session;

import dev.berth.registry.account.Account;
import java.util.Objects;

/**
 * A session that has just begun.
 *
 * @param account who has signed in
 * @param session the session
 * @param cookie the value of {@code Set-Cookie}, which has the secret of the session and is for the browser only
 * @since 0.1
 */
public record NewSession(Account account, Session session, String cookie) {

    /** Checks that nothing is null. */
    public NewSession {
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(cookie, "cookie");
    }

    /** Does not contain the secret. */
    @Override
    public String toString() {
        return "new session " + session.id();
    }
}
