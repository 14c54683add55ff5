package dev.berth.registry.token;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link TokenService} issues tokens. Immutable.
 *
 * @since 0.1
 */
public final class TokenOptions {
    private static final Duration SHORTEST = Duration.ofSeconds(60);

    private final String issuer;
    private final String service;
    private final Supplier<List<SigningKey>> keys;
    private final Duration lifetime;
    private final Duration refreshLifetime;
    private final @Nullable URI realm;
    private final String path;
    private final InstantSource clock;

    private TokenOptions(Builder builder) {
        this.issuer = builder.issuer;
        this.service = builder.service;
        this.keys = builder.keys;
        this.lifetime = builder.lifetime;
        this.refreshLifetime = builder.refreshLifetime;
        this.realm = builder.realm;
        this.path = builder.path;
        this.clock = builder.clock;
    }

    /**
     * Returns a builder.
     *
     * @param service the name of the registry, in challenges and as the audience ({@code aud}) of tokens
     * @param keys the keys: the first one signs, all are trusted
     * @throws IllegalArgumentException if there is no key, or the name has a character that would need escaping
     */
    public static Builder builder(String service, List<SigningKey> keys) {
        List<SigningKey> fixed = List.copyOf(keys);
        if (fixed.isEmpty()) {
            throw new IllegalArgumentException("A token service needs a key that signs; see SigningKey.generate");
        }
        return new Builder(service, () -> fixed);
    }

    /** Returns a builder as {@link #builder(String, List)} does, with keys that are asked for at each request. */
    public static Builder builder(String service, Supplier<List<SigningKey>> keys) {
        return new Builder(service, keys);
    }

    String issuer() {
        return issuer;
    }

    String service() {
        return service;
    }

    List<SigningKey> keys() {
        return keys.get();
    }

    Duration lifetime() {
        return lifetime;
    }

    Duration refreshLifetime() {
        return refreshLifetime;
    }

    Optional<URI> realm() {
        return Optional.ofNullable(realm);
    }

    String path() {
        return path;
    }

    InstantSource clock() {
        return clock;
    }

    /**
     * Builds options. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private final String service;
        private final Supplier<List<SigningKey>> keys;
        private String issuer;
        private Duration lifetime = Duration.ofMinutes(5);
        private Duration refreshLifetime = Duration.ofDays(90);
        private @Nullable URI realm;
        private String path = "/token";
        private InstantSource clock = InstantSource.system();

        private Builder(String service, Supplier<List<SigningKey>> keys) {
            this.service = BearerChallenges.requireQuotable("service", service);
            this.keys = Objects.requireNonNull(keys, "keys");
            this.issuer = service;
        }

        /** Sets the issuer ({@code iss}) of tokens. It is the name of the service if it is not set. */
        public Builder issuer(String newIssuer) {
            this.issuer = Objects.requireNonNull(newIssuer, "newIssuer");
            return this;
        }

        /**
         * Sets how long a token is good, 5 minutes by default.
         *
         * @throws IllegalArgumentException if that is less than a minute, which some clients take for never
         */
        public Builder lifetime(Duration newLifetime) {
            if (newLifetime.compareTo(SHORTEST) < 0) {
                throw new IllegalArgumentException("A token is good for a minute or longer, not for " + newLifetime);
            }
            this.lifetime = newLifetime;
            return this;
        }

        /**
         * Sets how long a refresh token is good, 90 days by default. It is worth nothing earlier if its account is gone or
         * has another password.
         */
        public Builder refreshLifetime(Duration newLifetime) {
            this.refreshLifetime = Objects.requireNonNull(newLifetime, "newLifetime");
            return this;
        }

        /**
         * Sets the URL of the token service for challenges. It has no query. By default it is {@link #path} under the host
         * and scheme by which the client came.
         */
        public Builder realm(URI newRealm) {
            this.realm = BearerChallenges.requireRealm(newRealm);
            return this;
        }

        /** Sets the path at which the service is mounted, {@code /token} by default. */
        public Builder path(String newPath) {
            this.path = BearerChallenges.requirePath(newPath);
            return this;
        }

        /** Sets the clock. */
        public Builder clock(InstantSource newClock) {
            this.clock = Objects.requireNonNull(newClock, "newClock");
            return this;
        }

        /** Returns the options. */
        public TokenOptions build() {
            return new TokenOptions(this);
        }
    }
}
