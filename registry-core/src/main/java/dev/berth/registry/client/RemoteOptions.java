package dev.berth.registry.client;

import dev.berth.registry.client.credentials.CredentialStore;
import dev.berth.registry.client.http.LocalServers;
import dev.berth.registry.client.http.NamedHosts;
import dev.berth.registry.internal.transport.Origin;
import dev.berth.registry.internal.transport.ProxySettings;
import dev.berth.registry.internal.transport.TlsTrust;
import dev.berth.registry.internal.transport.TransportOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * How a {@link RemoteRegistry} connects, authenticates and retries. Immutable and thread-safe; may be shared by many
 * registries. To authenticate as the command lines of Docker and podman would on this machine:
 *
 * <pre>{@code
 * RemoteOptions options = RemoteOptions.builder().credentials(CredentialFiles.standard()).build();
 * }</pre>
 *
 * @see #defaults()
 * @since 0.1
 */
public final class RemoteOptions {
    private final Builder settings;
    private final TlsTrust trust;
    private final ProxySettings proxies;
    private final String id = UUID.randomUUID().toString();

    private RemoteOptions(Builder builder) {
        this.settings = new Builder(builder);
        this.trust = builder.trust.build();
        this.proxies = builder.useProxies ? ProxySettings.ofThisProcess() : ProxySettings.none();
    }

    /** Returns the defaults that {@link Builder} documents. */
    public static RemoteOptions defaults() {
        return builder().build();
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    CredentialStore credentials() {
        return settings.credentials;
    }

    RetryPolicy retryPolicy() {
        return settings.retryPolicy;
    }

    Backoff backoff() {
        return settings.backoff;
    }

    InstantSource clock() {
        return settings.clock;
    }

    int maxManifestBytes() {
        return settings.maxManifestBytes;
    }

    NamedHosts plainHttp() {
        return new NamedHosts(settings.plainHttp);
    }

    NamedHosts trustedRealms() {
        return new NamedHosts(settings.trustedRealms);
    }

    /** Returns the origin of a registry: HTTPS, unless it is on this machine or named for plain HTTP. */
    Origin origin(RegistryEndpoint address) {
        Origin plain = address.origin(true);
        return address.origin(plainHttp().contains(plain) || plain.isLoopback() && !hasTlsRules(plain));
    }

    private boolean hasTlsRules(Origin origin) {
        return settings.trust.hasRulesFor(origin.host())
                || settings.trust.hasRulesFor(origin.host() + ":" + origin.port());
    }

    /** Returns whether there is an option for this very server. */
    boolean names(Origin origin) {
        return plainHttp().contains(origin) || trustedRealms().contains(origin) || hasTlsRules(origin);
    }

    TransportOptions transport(LocalServers local) {
        return new TransportOptions(
                settings.connectTimeout,
                settings.firstByteTimeout,
                settings.stallTimeout,
                settings.minimumRate,
                settings.maxInterimResponses,
                settings.maxConnections,
                settings.firstByteTimeout,
                settings.userAgent,
                trust,
                proxies,
                local);
    }

    /** Returns text that stands for the credentials in the identity of a registry: the same for equal options. */
    String identityOfCredentials() {
        return settings.credentialsGiven ? " as " + id : "";
    }

    /**
     * Builds options. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private static final int LARGEST_MANIFEST = 64 * 1024 * 1024;

        private CredentialStore credentials = CredentialStore.none();
        private boolean credentialsGiven;
        private RetryPolicy retryPolicy = RetryPolicy.standard();
        private Duration connectTimeout = Duration.ofSeconds(15);
        private Duration firstByteTimeout = Duration.ofSeconds(60);
        private Duration stallTimeout = Duration.ofSeconds(60);
        private int minimumRate = 8 * 1024;
        private int maxInterimResponses = 16;
        private int maxConnections = 64;
        private int maxManifestBytes = 4 * 1024 * 1024;
        private String userAgent = "berth";
        private boolean useProxies = true;
        private final Set<String> plainHttp = new HashSet<>();
        private final Set<String> trustedRealms = new HashSet<>();
        private final TlsTrust.Builder trust;
        private Backoff backoff = Backoff.realTime();
        private InstantSource clock = InstantSource.system();

        private Builder() {
            this.trust = TlsTrust.builder();
        }

        private Builder(Builder other) {
            this.credentials = other.credentials;
            this.credentialsGiven = other.credentialsGiven;
            this.retryPolicy = other.retryPolicy;
            this.connectTimeout = other.connectTimeout;
            this.firstByteTimeout = other.firstByteTimeout;
            this.stallTimeout = other.stallTimeout;
            this.minimumRate = other.minimumRate;
            this.maxInterimResponses = other.maxInterimResponses;
            this.maxConnections = other.maxConnections;
            this.maxManifestBytes = other.maxManifestBytes;
            this.userAgent = other.userAgent;
            this.useProxies = other.useProxies;
            this.plainHttp.addAll(other.plainHttp);
            this.trustedRealms.addAll(other.trustedRealms);
            this.trust = other.trust.copy();
            this.backoff = other.backoff;
            this.clock = other.clock;
        }

        /**
         * Sets where credentials come from; by default requests are anonymous. Credentials are sent to the registry
         * itself, and to the token service that it names if that is on the same host, in the same registrable domain
         * ({@code auth.example.org} for {@code registry.example.org}), Docker Hub's for Docker Hub, or allowed by
         * {@link #trustRealm}. With any other token service calls that need a token fail with UNAVAILABLE, and the
         * message names it. Without credentials a token is got from any token service by TLS.
         */
        public Builder credentials(CredentialStore store) {
            credentials = Objects.requireNonNull(store, "store");
            credentialsGiven = true;
            return this;
        }

        /** Sets how transient failures are retried; {@link RetryPolicy#standard()} by default. */
        public Builder retry(RetryPolicy policy) {
            retryPolicy = Objects.requireNonNull(policy, "policy");
            return this;
        }

        /**
         * Sets the timeout for connecting, including the TLS handshake; 15 seconds by default.
         *
         * @throws IllegalArgumentException if it is shorter than a millisecond
         */
        public Builder connectTimeout(Duration timeout) {
            connectTimeout = positive("timeout", timeout);
            return this;
        }

        /**
         * Sets the timeout for the first byte of a response, for its whole head (status and header fields, with interim
         * responses before it), and for a free connection if all are in use; 60 seconds by default.
         *
         * @throws IllegalArgumentException if it is shorter than a millisecond
         */
        public Builder firstByteTimeout(Duration timeout) {
            firstByteTimeout = positive("timeout", timeout);
            return this;
        }

        /**
         * Sets the timeout for a transfer that makes no progress, in either direction; 60 seconds by default.
         *
         * @throws IllegalArgumentException if it is shorter than a millisecond
         */
        public Builder stallTimeout(Duration timeout) {
            stallTimeout = positive("timeout", timeout);
            return this;
        }

        private static Duration positive(String what, Duration duration) {
            if (duration.toMillis() < 1) {
                throw new IllegalArgumentException("A " + what + " must be a millisecond at least, not " + duration);
            }
            return duration;
        }

        /**
         * Sets how many bytes of a response that is read as a whole (a manifest, a list, a token, an error) must arrive in
         * each second, on average and in addition to the {@linkplain #stallTimeout stall timeout}; 8 KiB by default. Does
         * not apply to blobs.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder minimumRate(int bytesPerSecond) {
            if (bytesPerSecond < 1) {
                throw new IllegalArgumentException("The minimum rate must be positive, not " + bytesPerSecond);
            }
            minimumRate = bytesPerSecond;
            return this;
        }

        /**
         * Sets the maximum number of interim responses (status 1xx) before a response; 16 by default.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder maxInterimResponses(int count) {
            if (count < 0) {
                throw new IllegalArgumentException("There cannot be " + count + " interim responses");
            }
            maxInterimResponses = count;
            return this;
        }

        /**
         * Sets the maximum number of connections to one server; 64 by default. Each open blob needs one, and so does
         * each call: a copy within one registry with n threads needs 2n.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder maxConnections(int count) {
            if (count < 1) {
                throw new IllegalArgumentException("There must be at least 1 connection, not " + count);
            }
            maxConnections = count;
            return this;
        }

        /**
         * Sets the size limit for manifests and for pages of referrers that are read, in bytes; 4 MiB by default, which
         * is what registries accept.
         *
         * @throws IllegalArgumentException if it is not between 1 and 64 MiB
         */
        public Builder maxManifestBytes(int bytes) {
            if (bytes < 1 || bytes > LARGEST_MANIFEST) {
                throw new IllegalArgumentException(
                        "The largest manifest must have 1 to " + LARGEST_MANIFEST + " bytes, not " + bytes);
            }
            maxManifestBytes = bytes;
            return this;
        }

        /**
         * Sets the {@code User-Agent} of requests; {@code berth} by default.
         *
         * @throws IllegalArgumentException if it is not printable ASCII
         */
        public Builder userAgent(String product) {
            if (!product.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
                throw new IllegalArgumentException("The name of a product must be printable ASCII");
            }
            userAgent = product;
            return this;
        }

        /**
         * Allows plain HTTP for one host. This machine ({@code localhost}, {@code 127.0.0.1}) needs no permission,
         * unless a registry elsewhere leads there: by a redirect, or with a token service. A host of this machine that is
         * named by this method, by {@link #trust}, {@link #clientCertificate} or {@link #trustRealm} may be led to.
         *
         * @param host with its port, or without for all its ports
         */
        public Builder plainHttp(String host) {
            plainHttp.add(host.toLowerCase(Locale.ROOT));
            return this;
        }

        /**
         * Allows a token service in another domain to get the credentials for the registry. A challenge of the registry
         * names its token service as {@code realm}. Plain HTTP is not allowed by this.
         *
         * @param host with its port, or without for all its ports
         * @throws IllegalArgumentException if it is not a host, but a URL or a pattern for instance
         */
        public Builder trustRealm(String host) {
            trustedRealms.add(NamedHosts.normalize(host));
            return this;
        }

        /**
         * Trusts more certificate authorities for one host, in addition to those of the JVM. There is no way to turn
         * verification off.
         *
         * @param host with its port, or without for all its ports
         * @param certificates a file of certificates in PEM form
         * @throws IOException if it cannot be read
         * @throws IllegalArgumentException if it has no certificate
         */
        public Builder trust(String host, Path certificates) throws IOException {
            trust.trust(host.toLowerCase(Locale.ROOT), certificates);
            return this;
        }

        /**
         * Authenticates at one host with a client certificate (mutual TLS).
         *
         * @param host with its port, or without for all its ports
         * @param certificates a file with the certificate, followed by its chain, in PEM form
         * @param key a file with its private key, in PEM form, not encrypted
         * @throws IOException if one cannot be read
         * @throws IllegalArgumentException if a file has other content; the message says which, and why
         */
        public Builder clientCertificate(String host, Path certificates, Path key) throws IOException {
            trust.clientCertificate(host.toLowerCase(Locale.ROOT), certificates, key);
            return this;
        }

        /**
         * Sets whether to use the proxies that the JVM's properties ({@code https.proxyHost} and so on, with
         * {@code https.proxyUser} and {@code https.proxyPassword}) and the environment variables {@code HTTPS_PROXY},
         * {@code HTTP_PROXY} and {@code NO_PROXY} configure; {@code true} by default. They are read once, by
         * {@link #build}.
         */
        public Builder useProxies(boolean use) {
            useProxies = use;
            return this;
        }

        /** Sets the clock; the system's by default. */
        public Builder clock(InstantSource newClock) {
            clock = Objects.requireNonNull(newClock, "clock");
            return this;
        }

        /** For tests, which do not wait in real time. */
        Builder backoff(Backoff newBackoff) {
            backoff = newBackoff;
            return this;
        }

        /** Returns the options. */
        public RemoteOptions build() {
            return new RemoteOptions(this);
        }
    }
}
