package dev.berth.registry.oidc;

import dev.berth.registry.internal.token.Algorithms;
import dev.berth.registry.internal.token.KeyAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which tokens of an OpenID Connect issuer are good for a login, and what they say about the caller. Immutable.
 *
 * @since 0.1
 */
public final class OidcOptions {
    private final URI issuer;
    private final String audience;
    private final String nameClaim;
    private final String groupsClaim;
    private final String namePrefix;
    private final @Nullable Duration session;
    private final @Nullable Path authorities;
    private final List<String> algorithms;
    private final @Nullable SignInClient client;
    private final InstantSource clock;

    private OidcOptions(Builder builder) {
        this.issuer = builder.issuer;
        this.audience = builder.audience;
        this.nameClaim = builder.nameClaim;
        this.groupsClaim = builder.groupsClaim;
        this.namePrefix = builder.namePrefix;
        this.session = builder.session;
        this.authorities = builder.authorities;
        this.algorithms = builder.algorithms;
        this.client = builder.client;
        this.clock = builder.clock;
    }

    /**
     * Returns a builder.
     *
     * @param issuer the issuer, exactly as it writes itself: tokens have it as {@code iss}, and its configuration is at
     *     {@code /.well-known/openid-configuration} below it. An https URL, or an http URL for what is nearby
     * @param audience what tokens must have in {@code aud}: the identifier of a client or of this registry
     * @throws IllegalArgumentException if the issuer is no such URL, or the audience is empty
     */
    public static Builder builder(URI issuer, String audience) {
        return new Builder(issuer, audience);
    }

    URI issuer() {
        return issuer;
    }

    String audience() {
        return audience;
    }

    String nameClaim() {
        return nameClaim;
    }

    String groupsClaim() {
        return groupsClaim;
    }

    String namePrefix() {
        return namePrefix;
    }

    Optional<Duration> session() {
        return Optional.ofNullable(session);
    }

    Optional<Path> authorities() {
        return Optional.ofNullable(authorities);
    }

    List<String> algorithms() {
        return algorithms;
    }

    Optional<SignInClient> client() {
        return Optional.ofNullable(client);
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
        private final URI issuer;
        private final String audience;
        private String nameClaim = "preferred_username";
        private String groupsClaim = "groups";
        private String namePrefix = "";
        private @Nullable Duration session;
        private @Nullable Path authorities;
        private List<String> algorithms = List.of();
        private @Nullable SignInClient client;
        private InstantSource clock = InstantSource.system();

        private Builder(URI issuer, String audience) {
            this.issuer = KeyAddress.require(issuer);
            this.audience = Objects.requireNonNull(audience, "audience");
            if (issuer.getRawQuery() != null || audience.isEmpty()) {
                throw new IllegalArgumentException(
                        "An issuer is a URL without a query, and its tokens need an audience that is not empty");
            }
        }

        /**
         * Sets the claim with the name of the caller, {@code preferred_username} by default. Whoever can choose the value at
         * the issuer chooses the name here: take one that only its administrators change, such as {@code sub}, otherwise.
         */
        public Builder nameClaim(String claim) {
            this.nameClaim = Objects.requireNonNull(claim, "claim");
            return this;
        }

        /**
         * Sets the claim with the groups, {@code groups} by default: a list of texts, or one text. Dots lead into objects,
         * as in {@code realm_access.roles}. The group {@code dev} is {@code oidc:dev} here.
         */
        public Builder groupsClaim(String claim) {
            this.groupsClaim = Objects.requireNonNull(claim, "claim");
            return this;
        }

        /** Sets what stands before the names of callers, nothing by default: then they share the names of local accounts. */
        public Builder namePrefix(String prefix) {
            this.namePrefix = Objects.requireNonNull(prefix, "prefix");
            return this;
        }

        /**
         * Sets how long a login lasts: so long do the refresh tokens that it got work, and personal tokens of the caller. By
         * default, a login ends when its token expires.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder session(Duration length) {
            if (length.isNegative() || length.isZero()) {
                throw new IllegalArgumentException("A login lasts longer than " + length);
            }
            this.session = length;
            return this;
        }

        /** Sets a PEM file with authorities for the certificate of the issuer, besides those of the JVM. */
        public Builder authorities(Path pem) {
            this.authorities = Objects.requireNonNull(pem, "pem");
            return this;
        }

        /**
         * Permits only these algorithms, such as {@code RS256}. By default, and with an empty list, all of RS, PS and ES
         * with 256, 384 and 512 bits.
         *
         * @throws IllegalArgumentException if one is none of these
         */
        public Builder algorithms(Collection<String> names) {
            Algorithms.parse(names);
            this.algorithms = List.copyOf(names);
            return this;
        }

        /**
         * Lets people sign in with a browser at the issuer, as this client of it. By default, nobody does. The issuer has to
         * know where it sends them back to: {@code sign-in/callback} below the address of the console.
         */
        public Builder signIn(SignInClient newClient) {
            this.client = Objects.requireNonNull(newClient, "newClient");
            return this;
        }

        /** Sets the clock. */
        public Builder clock(InstantSource newClock) {
            this.clock = Objects.requireNonNull(newClock, "newClock");
            return this;
        }

        /** Returns the options. */
        public OidcOptions build() {
            return new OidcOptions(this);
        }
    }
}
