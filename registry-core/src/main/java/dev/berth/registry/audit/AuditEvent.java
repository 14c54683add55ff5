package dev.berth.registry.audit;

import dev.berth.registry.internal.json.EscapedText;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that an operator may have to account for. Contains no secrets. Immutable.
 *
 * <p>Texts are cut off after {@value #LONGEST} characters, and end with {@code ...} then.
 *
 * @param time when
 * @param type what
 * @param origin who, from where, and in which request
 * @param repository the name of the repository that it was about; empty if there is none, or more than one
 * @param target what it was about: an operation, such as {@code push a blob to team/app}; the scopes of a token; an account;
 *     may be empty
 * @param outcome whether it was done
 * @param reason why, for a refusal, and for what the registry does itself; what was changed, for a change; may be empty
 * @since 0.1
 */
public record AuditEvent(
        Instant time, Type type, AuditOrigin origin, String repository, String target, Outcome outcome, String reason) {
    /** How many characters a text has at most, before the dots of one that was cut off. */
    public static final int LONGEST = 512;

    /** Checks that nothing is null, and cuts off what is long. */
    public AuditEvent {
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(origin, "origin");
        repository = EscapedText.cut(repository, LONGEST);
        target = EscapedText.cut(target, LONGEST);
        Objects.requireNonNull(outcome, "outcome");
        reason = EscapedText.cut(reason, LONGEST);
    }

    /** Returns the name of whoever it was, see {@link AuditOrigin#caller()}. */
    public String caller() {
        return origin.caller();
    }

    /** Returns where the request came from, see {@link AuditOrigin#client()}. */
    public Optional<InetAddress> client() {
        return origin.client();
    }

    /** Returns the id of the request, see {@link AuditOrigin#requestId()}. */
    public String requestId() {
        return origin.requestId();
    }

    /** Returns by what the caller was known, see {@link AuditOrigin#credentials()}. */
    public String credentials() {
        return origin.credentials();
    }

    /** Returns the event with another reason. */
    AuditEvent withReason(String newReason) {
        return new AuditEvent(time, type, origin, repository, target, outcome, newReason);
    }

    /** Returns the line of {@link AuditLog}. */
    @Override
    public String toString() {
        return AuditText.of(this);
    }

    /**
     * Whether something was done.
     *
     * @since 0.1
     */
    public enum Outcome {
        /** It was done. */
        DONE,
        /** It was refused, and nothing was changed. */
        REFUSED
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
         * A caller who was let in was refused an operation, for lack of a right. Not told of anonymous callers: clients begin
         * without credentials to learn what is asked of them. A flood is told as that of {@link #LOGIN_REFUSED}.
         */
        ACCESS_REFUSED,

        /** An account, a team, a grant or a secret was added, changed or removed. */
        CHANGE,

        /**
         * A manifest, a tag or a blob was deleted, or is back: by a client, by a rule, which is the reason then, or by
         * somebody who restored it.
         */
        DELETION,

        /**
         * The registry kept to a rule of its operator. It refused a caller who has the right: by a quota, since a tag is
         * locked, since it is read-only or deletion is switched off. Or it removed or moved aside by itself what nobody
         * needs, or what is damaged: one event for a run. A flood of refusals is told as that of {@link #LOGIN_REFUSED}.
         */
        POLICY
    }
}
