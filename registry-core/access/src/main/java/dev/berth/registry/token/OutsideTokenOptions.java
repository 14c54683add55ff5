package dev.berth.registry.token;

import dev.berth.registry.internal.token.Algorithms;
import dev.berth.registry.internal.token.KeyAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which tokens of an outside token service are good: {@code auth.token} of {@code registry:2} and {@code registry:3}.
 * Immutable.
 *
 * @since 0.1
 */
public final class OutsideTokenOptions {
    private final String service;
    private final String issuer;
    private final @Nullable URI realm;
    private final String ownRealm;
    private final @Nullable Path certificates;
    private final @Nullable Path keyFile;
    private final @Nullable URI keyAddress;
    private final @Nullable Path authorities;
    private final List<String> algorithms;
    private final InstantSource clock;

    private OutsideTokenOptions(Builder builder) {
        this.service = builder.service;
        this.issuer = builder.issuer;
        this.realm = builder.realm;
        this.ownRealm = builder.ownRealm;
        this.certificates = builder.certificates;
        this.keyFile = builder.keyFile;
        this.keyAddress = builder.keyAddress;
        this.authorities = builder.authorities;
        this.algorithms = List.copyOf(builder.algorithms);
        this.clock = builder.clock;
    }

    /**
     * Returns a builder. Keys must be named too.
     *
     * @param service the name of this registry: in challenges, and as the audience ({@code aud}) of tokens
     * @param issuer the issuer ({@code iss}) of tokens
     * @throws IllegalArgumentException if the name of the service would need escaping in a challenge, or there is no issuer
     */
    public static Builder builder(String service, String issuer) {
        return new Builder(service, issuer);
    }

    String service() {
        return service;
    }

    String issuer() {
        return issuer;
    }

    Optional<URI> realm() {
        return Optional.ofNullable(realm);
    }

    String ownRealm() {
        return ownRealm;
    }

    Optional<Path> certificates() {
        return Optional.ofNullable(certificates);
    }

    Optional<Path> keyFile() {
        return Optional.ofNullable(keyFile);
    }

    Optional<URI> keyAddress() {
        return Optional.ofNullable(keyAddress);
    }

    Optional<Path> authorities() {
        return Optional.ofNullable(authorities);
    }

    List<String> algorithms() {
        return algorithms;
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
        private final String issuer;
        private @Nullable URI realm;
        private String ownRealm = "/auth/token";
        private @Nullable Path certificates;
        private @Nullable Path keyFile;
        private @Nullable URI keyAddress;
        private @Nullable Path authorities;
        private List<String> algorithms = List.of();
        private InstantSource clock = InstantSource.system();

        private Builder(String service, String issuer) {
            this.service = BearerChallenges.requireQuotable("service", service);
            this.issuer = Objects.requireNonNull(issuer, "issuer");
            if (issuer.isEmpty()) {
                throw new IllegalArgumentException("The issuer of tokens (iss) is missing");
            }
        }

        /**
         * Sets where clients get tokens. By default, and with {@link #ownRealm}, that is a path of this server.
         *
         * @throws IllegalArgumentException if this is no absolute URL, or has a query, which clients cannot use
         */
        public Builder realm(URI newRealm) {
            this.realm = BearerChallenges.requireRealm(newRealm);
            return this;
        }

        /**
         * Sends clients to a path under the host and scheme by which they came, {@code autoredirect} and
         * {@code autoredirectpath} of {@code registry:2}. The path is {@code /auth/token} by default.
         *
         * @throws IllegalArgumentException if the path does not begin with a slash, or would need escaping
         */
        public Builder ownRealm(String path) {
            this.ownRealm = BearerChallenges.requirePath(path);
            this.realm = null;
            return this;
        }

        /**
         * Sets a PEM file with certificates whose keys sign tokens, or lead to certificates in the header of tokens
         * ({@code x5c}): {@code rootcertbundle}. It is read when the tokens are opened.
         */
        public Builder certificates(Path bundle) {
            this.certificates = Objects.requireNonNull(bundle, "bundle");
            return this;
        }

        /** Sets a file with a JWK set (RFC 7517) of keys that sign tokens. It is read again when it changes. */
        public Builder keys(Path jwks) {
            this.keyFile = Objects.requireNonNull(jwks, "jwks");
            return this;
        }

        /**
         * Sets where the JWK set is to be fetched from: an https URL, or an http URL for what is nearby. Only if the host is
         * one of this machine are keys fetched from this machine.
         *
         * @throws IllegalArgumentException if it is neither, or has a user or a fragment
         */
        public Builder keys(URI jwks) {
            this.keyAddress = KeyAddress.require(jwks);
            return this;
        }

        /** Sets a PEM file with authorities for the certificate of the server with the keys, besides those of the JVM. */
        public Builder authorities(Path pem) {
            this.authorities = Objects.requireNonNull(pem, "pem");
            return this;
        }

        /**
         * Permits only these algorithms, such as {@code ES256}: {@code signingalgorithms}. By default, and with an empty
         * list, all of RS, PS and ES with 256, 384 and 512 bits.
         *
         * @throws IllegalArgumentException if one is none of these
         */
        public Builder algorithms(Collection<String> names) {
            this.algorithms = new ArrayList<>(names);
            Algorithms.parse(names);
            return this;
        }

        /** Sets the clock. */
        public Builder clock(InstantSource newClock) {
            this.clock = Objects.requireNonNull(newClock, "newClock");
            return this;
        }

        /**
         * Returns the options.
         *
         * @throws IllegalArgumentException if there are no keys
         */
        public OutsideTokenOptions build() {
            if (certificates == null && keyFile == null && keyAddress == null) {
                throw new IllegalArgumentException(
                        "Tokens from outside need keys: certificates (rootcertbundle) or a JWK set (jwks)");
            }
            return new OutsideTokenOptions(this);
        }
    }
}
