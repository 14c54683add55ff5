package dev.berth.registry.audit;

import dev.berth.registry.internal.json.EscapedText;
import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * Who did something, from where, and in which request. Contains no secrets. Immutable.
 *
 * <p>Texts are cut off after {@value AuditEvent#LONGEST} characters, and end with {@code ...} then.
 *
 * @param caller the name of whoever it was, as far as it is known: the name that was tried, for a login that was refused;
 *     empty for an anonymous caller and for a token that nobody vouches for
 * @param client where the request came from; empty within the process
 * @param requestId the id of the request, which the access log has as well; empty within the process
 * @param credentials by what the caller was known: {@code password}, {@code token}, {@code robot}, {@code personal token},
 *     {@code certificate}, or the source of an account from outside such as {@code ldap} or {@code oidc}; {@value #PROCESS}
 *     for work of the registry itself; empty for none, or if it is not known
 * @since 0.1
 */
public record AuditOrigin(String caller, Optional<InetAddress> client, String requestId, String credentials) {
    /** The credentials of what the registry does itself, such as retention. No caller has these. */
    public static final String PROCESS = "process";

    private static final AuditOrigin NONE = new AuditOrigin("", Optional.empty(), "", "");

    /** Checks that nothing is null, and cuts off what is long. */
    public AuditOrigin {
        caller = EscapedText.cut(caller, AuditEvent.LONGEST);
        Objects.requireNonNull(client, "client");
        requestId = EscapedText.cut(requestId, AuditEvent.LONGEST);
        credentials = EscapedText.cut(credentials, AuditEvent.LONGEST);
    }

    /** Returns the origin of which nothing is known. */
    public static AuditOrigin none() {
        return NONE;
    }

    /** Returns a caller within the process. */
    public static AuditOrigin ofCaller(String caller) {
        return new AuditOrigin(caller, Optional.empty(), "", "");
    }

    /**
     * Returns the registry itself.
     *
     * @param work what it is at, such as {@code berth retention}
     */
    public static AuditOrigin ofProcess(String work) {
        return new AuditOrigin(work, Optional.empty(), "", PROCESS);
    }

    /** Returns a client of which nothing is known but its address. */
    public static AuditOrigin ofClient(Optional<InetAddress> client) {
        return new AuditOrigin("", client, "", "");
    }

    /** Returns this origin with another caller. */
    public AuditOrigin withCaller(String newCaller, String newCredentials) {
        return new AuditOrigin(newCaller, client, requestId, newCredentials);
    }
}
