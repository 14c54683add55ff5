package dev.berth.registry.client.credentials;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Credentials for one registry: a user name with a password, an identity token, a registry token, or several of these, of
 * which the registry's challenge selects one. Immutable. {@link #toString} has no secret.
 *
 * @since 0.1
 */
public final class Credentials {
    private static final Credentials NONE = new Credentials("", "", "", "", null);

    private final String username;
    private final String password;
    private final String identityToken;
    private final String registryToken;
    private final @Nullable Instant expiry;

    private Credentials(
            String username, String password, String identityToken, String registryToken, @Nullable Instant expiry) {
        this.username = Objects.requireNonNull(username, "username");
        this.password = Objects.requireNonNull(password, "password");
        this.identityToken = Objects.requireNonNull(identityToken, "identityToken");
        this.registryToken = Objects.requireNonNull(registryToken, "registryToken");
        this.expiry = expiry;
    }

    /** Returns a user name with its password, or with an access token in its place. */
    public static Credentials of(String username, String password) {
        return NONE.withLogin(username, password);
    }

    /** Returns an identity token: an OAuth2 refresh token, which a token service takes instead of a password. */
    public static Credentials ofIdentityToken(String token) {
        return NONE.withIdentityToken(token);
    }

    /** Returns a token that is sent to the registry as it is, as {@code Bearer}. */
    public static Credentials ofRegistryToken(String token) {
        return NONE.withRegistryToken(token);
    }

    /** Returns a copy with another user name and password. */
    public Credentials withLogin(String newUsername, String newPassword) {
        return new Credentials(newUsername, newPassword, identityToken, registryToken, expiry);
    }

    /** Returns a copy with another identity token; empty for none. */
    public Credentials withIdentityToken(String token) {
        return new Credentials(username, password, token, registryToken, expiry);
    }

    /** Returns a copy with another registry token; empty for none. */
    public Credentials withRegistryToken(String token) {
        return new Credentials(username, password, identityToken, token, expiry);
    }

    /**
     * Returns a copy that is good until a time only, such as a password that a cloud gives out for hours. A client looks
     * for new ones before that, see {@link CredentialStore}.
     */
    public Credentials withExpiry(Instant time) {
        return new Credentials(username, password, identityToken, registryToken, Objects.requireNonNull(time, "time"));
    }

    /** Returns until when they are good; empty if that is not known. */
    public Optional<Instant> expiry() {
        return Optional.ofNullable(expiry);
    }

    /** Returns empty credentials. */
    static Credentials none() {
        return NONE;
    }

    /** Returns the user name; empty if there is none. */
    public String username() {
        return username;
    }

    /** Returns the password; empty if there is none. */
    public String password() {
        return password;
    }

    /** Returns whether there are both a user name and a password. Docker does not use one without the other. */
    public boolean hasLogin() {
        return !username.isEmpty() && !password.isEmpty();
    }

    /** Returns the identity token. */
    public Optional<String> identityToken() {
        return Optional.of(identityToken).filter(token -> !token.isEmpty());
    }

    /** Returns the registry token. */
    public Optional<String> registryToken() {
        return Optional.of(registryToken).filter(token -> !token.isEmpty());
    }

    /** Returns whether there is anything to authenticate with. */
    public boolean isUsable() {
        return hasLogin() || !identityToken.isEmpty() || !registryToken.isEmpty();
    }

    /** Compares the credentials, not how long they are good. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Credentials that
                && username.equals(that.username)
                && password.equals(that.password)
                && identityToken.equals(that.identityToken)
                && registryToken.equals(that.registryToken);
    }

    @Override
    public int hashCode() {
        return Objects.hash(username, password, identityToken, registryToken);
    }

    /** Names the user and the kind of credentials, never the secret. */
    @Override
    public String toString() {
        if (hasLogin()) {
            return "the password of user '" + username + "'";
        }
        return isUsable() ? "a token" : "no credentials";
    }
}
