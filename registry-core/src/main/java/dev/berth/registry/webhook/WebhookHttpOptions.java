package dev.berth.registry.webhook;

import dev.berth.registry.client.http.NamedHosts;
import dev.berth.registry.internal.transport.AddressGuard;
import dev.berth.registry.internal.transport.TlsTrust;
import dev.berth.registry.internal.wire.IpNetwork;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.ObjIntConsumer;

/**
 * How an {@link HttpWebhookSender} connects. Immutable.
 *
 * @since 0.1
 */
public final class WebhookHttpOptions {
    private final NamedHosts hosts;
    private final List<IpNetwork> networks;
    private final TlsTrust trust;
    private final String userAgent;
    private final InstantSource clock;
    private final AddressGuard.Resolver resolver;
    private final ObjIntConsumer<WebhookEndpoint> answers;

    private WebhookHttpOptions(Builder builder) {
        this.hosts = new NamedHosts(builder.hosts);
        this.networks = List.copyOf(builder.networks);
        this.trust = builder.trust.build();
        this.userAgent = builder.userAgent;
        this.clock = builder.clock;
        this.resolver = builder.resolver;
        this.answers = builder.answers;
    }

    /** Returns the defaults that {@link Builder} documents. */
    public static WebhookHttpOptions defaults() {
        return builder().build();
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    AddressGuard guard() {
        return new AddressGuard(resolver, hosts::contains, networks);
    }

    TlsTrust trust() {
        return trust;
    }

    String userAgent() {
        return userAgent;
    }

    InstantSource clock() {
        return clock;
    }

    ObjIntConsumer<WebhookEndpoint> answers() {
        return answers;
    }

    /**
     * Builds options. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private final Set<String> hosts = new HashSet<>();
        private final List<IpNetwork> networks = new ArrayList<>();
        private final TlsTrust.Builder trust = TlsTrust.builder();
        private String userAgent = "berth";
        private InstantSource clock = InstantSource.system();
        private AddressGuard.Resolver resolver = InetAddress::getAllByName;
        private ObjIntConsumer<WebhookEndpoint> answers = (endpoint, status) -> {};

        private Builder() {}

        /**
         * Allows receivers that are not in the internet: by the name of a host, which may then have any address, or by a
         * network that addresses of any host may be in. Default: none. Whoever may set the URL of a webhook can make the
         * registry send requests to what is allowed here.
         *
         * @param hostsOrNetworks hosts such as {@code hooks.internal} or {@code hooks.internal:8080}, addresses, and
         *     networks such as {@code 10.1.0.0/16}
         * @throws IllegalArgumentException if one is none of these
         */
        public Builder allowInside(String... hostsOrNetworks) {
            for (String text : hostsOrNetworks) {
                if (isNetwork(text)) {
                    networks.add(IpNetwork.parse(text));
                } else {
                    hosts.add(NamedHosts.normalize(text));
                }
            }
            return this;
        }

        private static boolean isNetwork(String text) {
            boolean plainV6 = text.indexOf(':') != text.lastIndexOf(':') && !text.startsWith("[");
            return text.contains("/") || plainV6 || text.matches("[0-9.]+");
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
         * Sets the {@code User-Agent} of requests, unless an endpoint has its own. Default: {@code berth}.
         *
         * @throws IllegalArgumentException if it is not printable ASCII
         */
        public Builder userAgent(String product) {
            if (!product.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
                throw new IllegalArgumentException("The name of a product must be printable ASCII");
            }
            this.userAgent = product;
            return this;
        }

        /** Sets the clock, for the time in a signature and for a date until which a receiver wants to be left alone. */
        public Builder clock(InstantSource newClock) {
            this.clock = Objects.requireNonNull(newClock, "newClock");
            return this;
        }

        /**
         * Sets what is told the status of each answer, for metrics. It is called in the threads that send, must be quick and
         * thread-safe, and must not throw. Default: nothing.
         */
        public Builder onAnswer(ObjIntConsumer<WebhookEndpoint> newAnswers) {
            this.answers = Objects.requireNonNull(newAnswers, "newAnswers");
            return this;
        }

        /** For tests, which have names of their own. */
        Builder resolver(AddressGuard.Resolver newResolver) {
            this.resolver = newResolver;
            return this;
        }

        /** Returns the options. */
        public WebhookHttpOptions build() {
            return new WebhookHttpOptions(this);
        }
    }
}
