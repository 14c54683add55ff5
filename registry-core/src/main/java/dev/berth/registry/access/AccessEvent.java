package dev.berth.registry.access;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that happened in access control. Contains no secrets. Immutable.
 *
 * @param time when
 * @param type what
 * @param caller the name of whoever it was, as far as it is known: the name that was tried, for a login that was refused;
 *     empty for an anonymous caller and for a token that nobody vouches for
 * @param client where the request came from; empty within the process
 * @param credentials by what the caller was known: {@code password}, {@code token}, {@code robot}, {@code personal token},
 *     {@code certificate}, or the source of an account from outside such as {@code ldap} or {@code oidc}; empty for none,
 *     or if it is not known
 * @param target what it was about: an operation and a repository, such as {@code push a blob to team/app}; the scopes of a
 *     token; an account; may be empty
 * @param reason why, for a refusal; what was changed, for a change; may be empty
 * @since 0.1
 */
public record AccessEvent(
        Instant time,
        Type type,
        String caller,
        Optional<InetAddress> client,
        String credentials,
        String target,
        String reason) {

    /** Checks that nothing is null. */
    public AccessEvent {
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(caller, "caller");
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(credentials, "credentials");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(reason, "reason");
    }

    /**
     * The types of events.
     *
     * @since 0.1
     */
    public enum Type {
        /**
         * Somebody was let in by a name and a secret. Clients send these with every request, so this is told for the first
         * request of a client, and again after five minutes.
         */
        LOGIN,

        /**
         * Credentials were refused: wrong, expired, revoked, unknown, or too many attempts. A flood of them is not told one
         * by one: the reason of a later event says how many there were.
         */
        LOGIN_REFUSED,

        /** A token was issued. */
        TOKEN_ISSUED,

        /**
         * A caller who was let in was refused an operation. Not told of anonymous callers: clients begin without credentials
         * to learn what is asked of them.
         */
        ACCESS_REFUSED,

        /** An account, a team, a grant or a secret was added, changed or removed. */
        CHANGE
    }
}
