package dev.berth.registry.oidc;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * As whom this server sends people to an issuer to sign in: a client that is registered there. Immutable.
 *
 * @since 0.1
 */
public final class SignInClient {
    private static final Duration SESSION = Duration.ofHours(12);

    private final String id;
    private final @Nullable String secret;
    private final @Nullable String title;
    private final Duration session;

    private SignInClient(String id, @Nullable String secret, @Nullable String title, Duration session) {
        this.id = id;
        this.secret = secret;
        this.title = title;
        this.session = session;
    }

    /**
     * Returns a public client, which has no secret: what it is sent is bound to the browser by PKCE (RFC 7636) alone.
     *
     * @throws IllegalArgumentException if the id is empty
     */
    public static SignInClient of(String id) {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("The id of the client is empty; the issuer says it");
        }
        return new SignInClient(id, null, null, SESSION);
    }

    /**
     * Returns the client with a secret, which it proves itself by ({@code client_secret_basic}).
     *
     * @throws IllegalArgumentException if it is empty
     */
    public SignInClient withSecret(String newSecret) {
        if (newSecret.isEmpty()) {
            throw new IllegalArgumentException("The secret of the client is empty; leave it out if there is none");
        }
        return new SignInClient(id, newSecret, title, session);
    }

    /** Returns the client with what people know the issuer by. Default: its host. */
    public SignInClient withTitle(String newTitle) {
        return new SignInClient(id, secret, Objects.requireNonNull(newTitle, "newTitle"), session);
    }

    /**
     * Returns the client with another time after which people sign in again, so that their groups are not older; unless
     * {@link OidcOptions.Builder#session} is set, which counts then. Default: 12 hours.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public SignInClient withSession(Duration length) {
        if (length.isNegative() || length.isZero()) {
            throw new IllegalArgumentException("A session lasts longer than " + length);
        }
        return new SignInClient(id, secret, title, length);
    }

    String id() {
        return id;
    }

    Optional<String> secret() {
        return Optional.ofNullable(secret);
    }

    Optional<String> title() {
        return Optional.ofNullable(title);
    }

    Duration session() {
        return session;
    }

    /** Does not contain the secret. */
    @Override
    public String toString() {
        return "client " + id;
    }
}
