package dev.berth.registry.session;

import dev.berth.registry.account.Account;
import dev.berth.registry.account.LoginEvents;
import java.time.Duration;
import java.time.Instant;

/**
 * A session as it is stored.
 *
 * @param hash the hash of its secret
 * @param subject the subject of the account
 * @param version the version of the account when the session began
 * @param signedInBy the kind of the credentials
 * @param created when it began
 * @param used when a request was noticed last
 * @param client the address that it began from
 * @param browser the browser that it began with
 */
record SessionRecord(
        String hash,
        String subject,
        String version,
        String signedInBy,
        Instant created,
        Instant used,
        String client,
        String browser) {

    static SessionRecord begin(String hash, Account account, Instant now, String client, String browser) {
        return new SessionRecord(
                hash,
                account.subject(),
                account.version(),
                LoginEvents.credentials(account),
                now,
                now,
                client,
                browser);
    }

    String id() {
        return SessionSecret.id(hash);
    }

    SessionRecord usedAt(Instant now) {
        return new SessionRecord(hash, subject, version, signedInBy, created, now, client, browser);
    }

    Instant expires(SessionOptions options) {
        Instant unused = used.plus(options.idle());
        Instant end = created.plus(options.lifetime());
        return unused.isBefore(end) ? unused : end;
    }

    /** A clock that was set back ends no session, and does not lengthen one by more than that. */
    boolean isOverAt(Instant now, SessionOptions options) {
        return !now.isBefore(expires(options));
    }

    boolean isOlderThan(Duration age, Instant now) {
        return created.plus(age).isBefore(now);
    }

    Session shown(SessionOptions options) {
        return new Session(id(), signedInBy, created, used, expires(options), client, browser);
    }

    /** Does not contain the hash. */
    @Override
    public String toString() {
        return "session " + id();
    }
}
