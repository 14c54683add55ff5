package dev.berth.registry.webhook;

import dev.berth.registry.internal.transport.Origin;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A receiver of events: its name, its URL, which events it gets, and how. Immutable. URL, header fields and secrets may
 * let somebody in, and are not shown by {@link #toString}.
 *
 * <pre>{@code
 * WebhookEndpoint.builder("deploy", URI.create("https://hooks.example/berth"))
 *     .filter(EventFilter.builder().repositories("team/**").build())
 *     .secrets(WebhookSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
 *     .build()
 * }</pre>
 *
 * @since 0.1
 */
public final class WebhookEndpoint {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** What some resolvers take for an IPv4 address: a host whose last label is a number, decimal, octal or hexadecimal. */
    private static final Pattern NUMBERS = Pattern.compile("(.*\\.)?([0-9]+|0[xX][0-9a-fA-F]*)\\.?");

    private static final Pattern IPV4 = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
    private static final int MAX_URL = 2048;
    private static final int MAX_SECRETS = 4;
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final String name;
    private final URI url;
    private final EventFilter filter;
    private final WebhookFormat format;
    private final List<WebhookSecret> secrets;
    private final Map<String, String> headers;
    private final Duration timeout;
    private final boolean active;

    private WebhookEndpoint(Builder builder) {
        this.name = builder.name;
        this.url = builder.url;
        this.filter = builder.filter;
        this.format = builder.format;
        this.secrets = builder.secrets;
        this.headers = builder.headers;
        this.timeout = builder.timeout;
        this.active = builder.active;
    }

    /**
     * Returns a builder of an endpoint.
     *
     * @param name 1 to 64 letters, digits, dots, hyphens and underscores, beginning with a letter or digit; no other
     *     endpoint has it
     * @param url begins with {@code http://} or {@code https://}, has neither a user nor a fragment, and at most 2,048
     *     characters. An IPv4 address has four decimal numbers without leading zeros
     * @throws IllegalArgumentException if one of them is not allowed
     */
    public static Builder builder(String name, URI url) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("The name of a webhook has 1 to 64 letters, digits, dots, hyphens and"
                    + " underscores, and begins with a letter or digit");
        }
        checkUrl(name, url);
        return new Builder(name, url);
    }

    private static void checkUrl(String name, URI url) {
        String text = url.toString();
        boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        if (!http || text.length() > MAX_URL || !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException(
                    "The URL of the webhook " + name + " must begin with http:// or https://, and" + " have at most "
                            + MAX_URL + " characters of ASCII");
        }
        if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException("The URL of the webhook " + name
                    + " must have no user and no fragment: send credentials in a header field");
        }
        String host = url.getHost();
        if (host == null
                || host.contains("%")
                || NUMBERS.matcher(host).matches() && !IPV4.matcher(host).matches()) {
            throw new IllegalArgumentException(
                    "The URL of the webhook " + name + " needs a host: a domain name, an IPv4"
                            + " address such as 192.0.2.1, or an IPv6 address in brackets without a zone");
        }
        try {
            Origin.of(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The URL of the webhook " + name + ": " + e.getMessage(), e);
        }
    }

    /** Returns a builder with this endpoint. */
    public Builder toBuilder() {
        Builder builder = new Builder(name, url);
        builder.filter = filter;
        builder.format = format;
        builder.secrets = secrets;
        builder.headers = headers;
        builder.timeout = timeout;
        builder.active = active;
        return builder;
    }

    /** Returns the name. */
    public String name() {
        return name;
    }

    /** Returns where messages are sent. It may hold secrets. */
    public URI url() {
        return url;
    }

    /** Returns which events the endpoint gets. */
    public EventFilter filter() {
        return filter;
    }

    /** Returns the form of the messages. */
    public WebhookFormat format() {
        return format;
    }

    /** Returns the secrets that sign each message; if there are none, messages are not signed. */
    public List<WebhookSecret> secrets() {
        return secrets;
    }

    /** Returns further header fields of each request, by their names in any case. Their values may be secrets. */
    public Map<String, String> headers() {
        return headers;
    }

    /** Returns the longest time for one attempt to deliver a message, from the resolution of the name to the answer. */
    public Duration timeout() {
        return timeout;
    }

    /** Returns whether messages are sent. */
    public boolean active() {
        return active;
    }

    private List<Object> values() {
        return List.of(name, url, filter, format, secrets, headers, timeout, active);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WebhookEndpoint that && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** Returns the name and scheme, host and port: paths and queries of such URLs are often secrets. */
    @Override
    public String toString() {
        return "webhook " + name + " at " + Origin.of(url) + " (" + format.word() + ", " + filter
                + (active ? "" : ", inactive") + ")";
    }

    /**
     * Builds an endpoint. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private final String name;
        private final URI url;
        private EventFilter filter = EventFilter.changes();
        private WebhookFormat format = WebhookFormat.CLOUD_EVENTS;
        private List<WebhookSecret> secrets = List.of();
        private Map<String, String> headers = Map.of();
        private Duration timeout = Duration.ofSeconds(5);
        private boolean active = true;

        private Builder(String name, URI url) {
            this.name = name;
            this.url = url;
        }

        /** Sets which events the endpoint gets. Default: {@link EventFilter#changes()}. */
        public Builder filter(EventFilter newFilter) {
            this.filter = Objects.requireNonNull(newFilter, "newFilter");
            return this;
        }

        /** Sets the form of the messages. Default: {@link WebhookFormat#CLOUD_EVENTS}. */
        public Builder format(WebhookFormat newFormat) {
            this.format = Objects.requireNonNull(newFormat, "newFormat");
            return this;
        }

        /**
         * Sets the secrets that sign each message. Default: none. To replace a secret, have two until the receiver knows the
         * new one: a message then has a signature by each.
         *
         * @throws IllegalArgumentException if there are more than four
         */
        public Builder secrets(List<WebhookSecret> newSecrets) {
            List<WebhookSecret> distinct = List.copyOf(new LinkedHashSet<>(newSecrets));
            if (distinct.size() > MAX_SECRETS) {
                throw new IllegalArgumentException("The webhook " + name + " has " + distinct.size() + " secrets; "
                        + MAX_SECRETS + " are allowed");
            }
            this.secrets = distinct;
            return this;
        }

        /** Sets the secrets that sign each message, as {@link #secrets(List)} does. */
        public Builder secrets(WebhookSecret... newSecrets) {
            return secrets(List.of(newSecrets));
        }

        /**
         * Sets further header fields of each request, such as {@code Authorization}. Default: none. {@code Content-Type}
         * replaces that of the format, for a receiver that insists on another one.
         *
         * @throws IllegalArgumentException if a name or value is not allowed in HTTP, if the sender sets the field itself
         *     ({@code webhook-id} and others), or if it would break the framing of the request
         *     ({@code Content-Length} and others)
         */
        public Builder headers(Map<String, String> newHeaders) {
            this.headers = Collections.unmodifiableMap(EndpointHeaders.checked(newHeaders));
            return this;
        }

        /**
         * Sets the longest time for one attempt. Default: 5 seconds.
         *
         * @throws IllegalArgumentException if it is not between 10 milliseconds and a minute
         */
        public Builder timeout(Duration newTimeout) {
            if (newTimeout.compareTo(SHORTEST) < 0 || newTimeout.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(
                        "The timeout of the webhook " + name + " must be between 10 ms and 1 min, not " + newTimeout);
            }
            this.timeout = newTimeout;
            return this;
        }

        /** Sets whether messages are sent. Default: true. */
        public Builder active(boolean newActive) {
            this.active = newActive;
            return this;
        }

        /** Returns the endpoint. */
        public WebhookEndpoint build() {
            return new WebhookEndpoint(this);
        }
    }
}
