package dev.berth.registry.internal.transport;

import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Which proxy is used for which origin. The JVM's properties ({@code https.proxyHost}, {@code http.nonProxyHosts} and
 * so on) take precedence; otherwise the environment variables {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code
 * NO_PROXY} apply, in upper or lower case. Loopback hosts are reached directly. Immutable.
 *
 * <p>The credentials for a proxy are the properties {@code http.proxyUser} and {@code http.proxyPassword}, or those of
 * {@code https}; in a variable they are part of the address: {@code http://user:password@host:port}.
 */
public final class ProxySettings {
    /** The JVM's default for {@code http.nonProxyHosts}. */
    private static final String DEFAULT_EXCEPTIONS = "localhost|127.*|[::1]";

    private final Function<String, Optional<String>> properties;
    private final Function<String, Optional<String>> environment;

    private ProxySettings(
            Function<String, Optional<String>> properties, Function<String, Optional<String>> environment) {
        this.properties = properties;
        this.environment = environment;
    }

    /** Returns settings without a proxy. */
    public static ProxySettings none() {
        return new ProxySettings(name -> Optional.empty(), name -> Optional.empty());
    }

    /** Returns the current settings of this process. */
    public static ProxySettings ofThisProcess() {
        return of(System.getProperties(), System.getenv());
    }

    /** Returns the settings of these properties and variables. Copies both. */
    public static ProxySettings of(Properties properties, Map<String, String> environment) {
        Properties copy = new Properties();
        for (String name : properties.stringPropertyNames()) {
            if (name.contains("roxy")) {
                copy.setProperty(name, properties.getProperty(name));
            }
        }
        Map<String, String> variables = Map.copyOf(environment);
        return new ProxySettings(
                name -> Optional.ofNullable(copy.getProperty(name)).filter(value -> !value.isEmpty()),
                name -> Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty()));
    }

    /**
     * Returns the proxy for an origin, or empty if it is reached directly.
     *
     * @throws IllegalArgumentException if the setting is invalid; the message names the variable or property
     */
    Optional<ProxyAddress> find(Origin target) {
        Optional<String> host = properties.apply(target.scheme() + ".proxyHost");
        if (host.isPresent()) {
            Predicate<Origin> exceptions = ProxyExceptions.parseProperty(
                    properties.apply("http.nonProxyHosts").orElse(DEFAULT_EXCEPTIONS));
            return exceptions.test(target) ? Optional.empty() : Optional.of(byProperties(target.scheme(), host.get()));
        }
        if (target.isLoopback()) {
            return Optional.empty();
        }
        String variable = target.scheme().equals("https") ? "HTTPS_PROXY" : "HTTP_PROXY";
        Optional<String> value = variable(variable);
        if (value.isEmpty()
                || ProxyExceptions.parseVariable(variable("NO_PROXY").orElse(""))
                        .test(target)) {
            return Optional.empty();
        }
        try {
            return value.map(ProxyAddress::parse);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The variable " + variable + " cannot be used: " + e.getMessage(), e);
        }
    }

    private ProxyAddress byProperties(String scheme, String host) {
        String port = properties.apply(scheme + ".proxyPort").orElse(scheme.equals("https") ? "443" : "80");
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65535) {
            throw new IllegalArgumentException("The property " + scheme + ".proxyPort is not a port");
        }
        return new ProxyAddress(
                host,
                Integer.parseInt(port),
                properties.apply(scheme + ".proxyUser").orElse(""),
                properties.apply(scheme + ".proxyPassword").orElse(""));
    }

    private Optional<String> variable(String name) {
        // In CGI programs HTTP_PROXY is the request header "Proxy", which any client can set.
        if (name.equals("HTTP_PROXY") && environment.apply("REQUEST_METHOD").isPresent()) {
            return Optional.empty();
        }
        return environment.apply(name).or(() -> environment.apply(name.toLowerCase(java.util.Locale.ROOT)));
    }
}
