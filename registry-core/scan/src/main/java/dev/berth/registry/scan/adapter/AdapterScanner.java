package dev.berth.registry.scan.adapter;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.internal.transport.HttpTransport;
import dev.berth.registry.internal.transport.Origin;
import dev.berth.registry.internal.transport.ProxySettings;
import dev.berth.registry.internal.transport.TlsTrust;
import dev.berth.registry.internal.transport.TransportOptions;
import dev.berth.registry.scan.report.ScanReport;
import dev.berth.registry.scan.report.Scanner;
import dev.berth.registry.scan.report.UnscannableException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A scanner that is another program, by Harbor's scanner adapter API, version 1.0 to 1.2.
 *
 * <pre>{@code
 * Scanner scanner = AdapterScanner.builder(URI.create("https://trivy.example:8080"), URI.create("https://registry.example"))
 *         .credentials(AdapterCredentials.bearer(token))
 *         .pullAuthorization((repository, image) -> Optional.of("Bearer " + tokens.forPull(repository)))
 *         .build();
 * }</pre>
 *
 * <p>The adapter is told where the image is, and pulls it itself, from an address of the registry at which it reaches it. A scan
 * asks what the adapter can do, requests the scan, and asks for the report until it is there. What the adapter cannot scan is
 * {@linkplain UnscannableException unscannable}; everything else that goes wrong is a failure, after which another try may
 * succeed: an adapter that forgets its scans is asked anew then.
 *
 * <p>What an adapter sends is limited in size and time. Redirects are not followed. No credentials are in messages: one of an
 * adapter that repeats them is not shown. Thread-safe.
 *
 * @since 0.1
 */
public final class AdapterScanner implements Scanner, AutoCloseable {
    private static final int MAX_INTERIM_RESPONSES = 3;
    private static final int MAX_CONNECTIONS = 32;
    private static final int MINIMUM_RATE = 1024;

    /** How often in a row an adapter may be away while it works. */
    private static final int MOST_FAILURES = 5;

    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final AdapterSettings settings;
    private final HttpTransport transport;
    private volatile String name;

    private AdapterScanner(Builder builder) {
        this.settings = builder.settings();
        this.transport = new HttpTransport(builder.transport());
        this.name = "scanner at " + Origin.of(settings.address()).authority();
    }

    /**
     * Begins.
     *
     * @param adapter the address of the adapter, with a path if it has one in front of {@code /api/v1}
     * @param registry the address of the registry at which the adapter reaches it, without a path
     * @throws IllegalArgumentException if one is no address by HTTP or HTTPS, or has credentials, a query or a fragment
     */
    public static Builder builder(URI adapter, URI registry) {
        return new Builder(adapter, registry);
    }

    /** {@inheritDoc} As the adapter says; before it was asked, its host. */
    @Override
    public String name() {
        return name;
    }

    @Override
    public ScanReport scan(Repository repository, Manifest image) throws UnscannableException {
        Optional<String> pull = settings.pulls().forPull(repository.name(), image.digest());
        AdapterCalls calls = new AdapterCalls(settings, transport, pull);
        Instant end = settings.clock().instant().plus(settings.timeLimit());
        AdapterMetadata metadata = calls.metadata();
        name = metadata.scanner();
        AdapterMetadata.Capability capability = capability(metadata, image.mediaType());
        ReportType type = ReportType.best(capability.produces())
                .orElseThrow(() -> RegistryException.of(
                        ErrorCode.UNSUPPORTED,
                        "The scanner " + name + " makes no report that can be read; it should make "
                                + ReportType.SECURITY.mediaType()));
        String id = calls.request(repository.name(), image, capability.type().isPresent(), type);
        return await(calls, id, type, image, metadata, end);
    }

    private AdapterMetadata.Capability capability(AdapterMetadata metadata, String mediaType)
            throws UnscannableException {
        List<AdapterMetadata.Capability> capabilities = metadata.capabilities().stream()
                .filter(AdapterMetadata.Capability::findsVulnerabilities)
                .toList();
        if (capabilities.isEmpty()) {
            throw RegistryException.of(
                    ErrorCode.UNSUPPORTED,
                    "The scanner " + name + " says that it does not look for vulnerabilities; choose another one");
        }
        return capabilities.stream()
                .filter(capability -> capability.consumes().contains(mediaType))
                .findFirst()
                .orElseThrow(() -> new UnscannableException(
                        "The scanner " + name + " does not scan what has the type " + mediaType));
    }

    private ScanReport await(
            AdapterCalls calls, String id, ReportType type, Manifest image, AdapterMetadata metadata, Instant end)
            throws UnscannableException {
        int failures = 0;
        Duration wait = settings.pollInterval();
        while (true) {
            pause(wait);
            if (!settings.clock().instant().isBefore(end)) {
                throw RegistryException.of(
                        ErrorCode.UNAVAILABLE,
                        "The scanner " + name + " has made no report within "
                                + settings.timeLimit().toSeconds() + " seconds");
            }
            AdapterCalls.Polled polled = calls.poll(id, type, image.digest(), metadata);
            if (polled instanceof AdapterCalls.Polled.Made made) {
                return made.report();
            }
            if (polled instanceof AdapterCalls.Polled.NotYet waiting) {
                failures = 0;
                wait = bounded(waiting.refreshAfter().orElse(settings.pollInterval()));
            } else if (polled instanceof AdapterCalls.Polled.Away away) {
                if (++failures > MOST_FAILURES) {
                    throw away.failure();
                }
                wait = bounded(away.failure().retryAfter().orElse(settings.pollInterval()));
            }
        }
    }

    /** An adapter must not be asked all the time, nor be able to say that it is never asked again. */
    private static Duration bounded(Duration wait) {
        if (wait.compareTo(SHORTEST_WAIT) < 0) {
            return SHORTEST_WAIT;
        }
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    private void pause(Duration wait) {
        try {
            settings.pause().pause(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RegistryException.builder(RegistryError.of(
                            ErrorCode.UNAVAILABLE,
                            "The wait for the report of the scanner " + name + " was interrupted"))
                    .cause(e)
                    .build();
        }
    }

    /** Closes all connections. Scans that are under way fail. Idempotent. */
    @Override
    public void close() {
        transport.close();
    }

    /** Prints where the adapter is. */
    @Override
    public String toString() {
        return "AdapterScanner[" + Origin.of(settings.address()) + "]";
    }

    /**
     * Builds a scanner. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private final URI adapter;
        private final URI registry;
        private final TlsTrust.Builder trust = TlsTrust.builder();
        private AdapterCredentials credentials = AdapterCredentials.none();
        private PullAuthorization pulls = PullAuthorization.none();
        private Duration timeLimit = Duration.ofMinutes(25);
        private Duration pollInterval = Duration.ofSeconds(5);
        private Duration connectTimeout = Duration.ofSeconds(15);
        private Duration answerTimeout = Duration.ofSeconds(60);
        private long maxReportBytes = 64L * 1024 * 1024;
        private InstantSource clock = InstantSource.system();
        private AdapterPause pause = time -> Thread.sleep(time.toMillis());

        private Builder(URI adapter, URI registry) {
            this.adapter = checked(adapter, "scanner adapter");
            this.registry = checked(registry, "registry for a scanner");
        }

        private static URI checked(URI address, String what) {
            // The message must not show credentials.
            if (address.getRawUserInfo() != null || address.getRawQuery() != null || address.getRawFragment() != null) {
                throw new IllegalArgumentException(
                        "The address of a " + what + " has no credentials, no query and no fragment");
            }
            try {
                Origin.of(address);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("The address of a " + what + ": " + e.getMessage(), e);
            }
            return address;
        }

        /** Sets what the adapter demands; nothing by default. */
        public Builder credentials(AdapterCredentials newCredentials) {
            this.credentials = Objects.requireNonNull(newCredentials, "newCredentials");
            return this;
        }

        /** Sets with what the adapter pulls; by default, anybody may pull. */
        public Builder pullAuthorization(PullAuthorization newPulls) {
            this.pulls = Objects.requireNonNull(newPulls, "newPulls");
            return this;
        }

        /**
         * Sets after which time a scan has failed; 25 minutes by default.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder timeLimit(Duration newTimeLimit) {
            this.timeLimit = positive(newTimeLimit);
            return this;
        }

        /**
         * Sets how long to wait before asking for a report, where the adapter does not say; 5 seconds by default.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder pollInterval(Duration newPollInterval) {
            this.pollInterval = positive(newPollInterval);
            return this;
        }

        /**
         * Sets how long connecting may take, and how long the adapter may take to answer one request; 15 and 60 seconds by
         * default.
         *
         * @throws IllegalArgumentException if one is not positive
         */
        public Builder timeouts(Duration connect, Duration answer) {
            this.connectTimeout = positive(connect);
            this.answerTimeout = positive(answer);
            return this;
        }

        /**
         * Sets how many bytes a report may have; 64 MiB by default.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder maxReportBytes(long bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("The size of a report must be positive: " + bytes);
            }
            this.maxReportBytes = bytes;
            return this;
        }

        /**
         * Trusts more certificate authorities for the adapter, in addition to those of the JVM.
         *
         * @param certificates a file of certificates in PEM form
         * @throws IOException if it cannot be read
         * @throws IllegalArgumentException if it has no certificate
         */
        public Builder trust(Path certificates) throws IOException {
            trust.trust(host(), certificates);
            return this;
        }

        /**
         * Authenticates at the adapter with a client certificate (mutual TLS).
         *
         * @param certificates a file with the certificate, followed by its chain, in PEM form
         * @param key a file with its private key, in PEM form, not encrypted
         * @throws IOException if one cannot be read
         * @throws IllegalArgumentException if a file has other content
         */
        public Builder clientCertificate(Path certificates, Path key) throws IOException {
            trust.clientCertificate(host(), certificates, key);
            return this;
        }

        private String host() {
            return Origin.of(adapter).host();
        }

        /** Sets the clock; that of the system by default. */
        public Builder clock(InstantSource newClock) {
            this.clock = Objects.requireNonNull(newClock, "newClock");
            return this;
        }

        /** For tests, which do not wait. */
        Builder pause(AdapterPause newPause) {
            this.pause = newPause;
            return this;
        }

        private static Duration positive(Duration duration) {
            if (duration.isZero() || duration.isNegative()) {
                throw new IllegalArgumentException("The duration must be positive: " + duration);
            }
            return duration;
        }

        private AdapterSettings settings() {
            return new AdapterSettings(
                    adapter, registry, credentials, pulls, timeLimit, pollInterval, maxReportBytes, clock, pause);
        }

        private TransportOptions transport() {
            return new TransportOptions(
                    connectTimeout,
                    answerTimeout,
                    answerTimeout,
                    MINIMUM_RATE,
                    MAX_INTERIM_RESPONSES,
                    MAX_CONNECTIONS,
                    answerTimeout,
                    "berth",
                    trust.build(),
                    ProxySettings.ofThisProcess(),
                    // Often beside the registry: whoever sets the address knows where it is.
                    origin -> true);
        }

        /** Returns the scanner, which opens connections when there is something to scan. */
        public AdapterScanner build() {
            return new AdapterScanner(this);
        }
    }
}
