package dev.berth.registry.session;

import dev.berth.registry.account.Account;
import dev.berth.registry.server.Caller;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The session of a request, of which the account is as it was said to be. Immutable.
 *
 * @since 0.1
 */
public final class OpenSession {
    /** The attribute of a caller that names its session. */
    static final String ATTRIBUTE = "session";

    private final Session session;
    private final Account account;
    private final String formToken;

    OpenSession(Session session, Account account, String formToken) {
        this.session = session;
        this.account = account;
        this.formToken = formToken;
    }

    /** Returns the session. */
    public Session session() {
        return session;
    }

    /** Returns the account as it is now. */
    public Account account() {
        return account;
    }

    /** Returns who has signed in, within the limit of the credentials that it was done with. */
    public Caller caller() {
        Caller.Builder caller = account.caller().toBuilder().attribute(ATTRIBUTE, session.id());
        if (!account.caller().attributes().containsKey(Sessions.CREDENTIALS)) {
            caller.attribute(Sessions.CREDENTIALS, "session");
        }
        return caller.build();
    }

    /**
     * Returns what forms of pages for this session have to send, so that no page of somebody else can send one. It tells
     * nothing of the secret of the session.
     */
    public String formToken() {
        return formToken;
    }

    /** Returns whether a text is the {@link #formToken()}, in a time that does not depend on it. */
    public boolean isFormToken(String text) {
        return MessageDigest.isEqual(formToken.getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8));
    }

    /** Does not contain the token. */
    @Override
    public String toString() {
        return "session " + session.id();
    }
}
