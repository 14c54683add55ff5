package dev.berth.registry.server;

import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy states about the request that it received.
 *
 * @param address the sender of that request, or null if it is hidden or malformed
 * @param scheme the scheme of that request; empty if not stated
 * @param hostName the host of that request; empty if not stated
 */
record ForwardedHop(@Nullable InetSocketAddress address, String scheme, String hostName) {

    /** Returns whether the request used TLS, or empty if the scheme is not stated. */
    Optional<Boolean> secure() {
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "https" -> Optional.of(true);
            case "http" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** Returns the host of the request, or empty if it is not stated or malformed. */
    Optional<String> host() {
        boolean valid = !hostName.isEmpty()
                && hostName.chars().allMatch(c -> Character.isLetterOrDigit(c) && c < 0x80 || "-._:[]".indexOf(c) >= 0);
        return valid ? Optional.of(hostName) : Optional.empty();
    }

    /**
     * Returns the hops of the {@code X-Forwarded} fields, starting at the client. Where a field has as many elements as
     * there are addresses, they belong together; otherwise its last one is that of all hops.
     */
    static List<ForwardedHop> ofXForwarded(HeaderFields headers) {
        List<String> addresses = elements(headers.all("X-Forwarded-For"));
        List<String> schemes = elements(headers.all("X-Forwarded-Proto"));
        List<String> hosts = elements(headers.all("X-Forwarded-Host"));
        if (addresses.isEmpty()) {
            return schemes.isEmpty() && hosts.isEmpty()
                    ? List.of()
                    : List.of(new ForwardedHop(null, at(schemes, 0, 1), at(hosts, 0, 1)));
        }
        List<ForwardedHop> hops = new ArrayList<>();
        for (int i = 0; i < addresses.size(); i++) {
            hops.add(new ForwardedHop(
                    parseAddress(addresses.get(i)), at(schemes, i, addresses.size()), at(hosts, i, addresses.size())));
        }
        return hops;
    }

    private static String at(List<String> elements, int index, int expected) {
        if (elements.isEmpty()) {
            return "";
        }
        return elements.get(elements.size() == expected ? index : elements.size() - 1);
    }

    private static List<String> elements(List<String> fields) {
        List<String> elements = new ArrayList<>();
        for (String field : fields) {
            elements.addAll(split(field, ','));
        }
        return elements;
    }

    /** Returns the hops of the {@code Forwarded} fields (RFC 7239), starting at the client. */
    static List<ForwardedHop> ofForwarded(HeaderFields headers) {
        List<ForwardedHop> hops = new ArrayList<>();
        for (String element : elements(headers.all("Forwarded"))) {
            Map<String, String> parameters = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (String pair : split(element, ';')) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    parameters.put(
                            pair.substring(0, equals).strip(),
                            unquoted(pair.substring(equals + 1).strip()));
                }
            }
            hops.add(new ForwardedHop(
                    parseAddress(parameters.getOrDefault("for", "")),
                    parameters.getOrDefault("proto", ""),
                    parameters.getOrDefault("host", "")));
        }
        return hops;
    }

    /** Splits at a separator that is not within quotes. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int begin = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                parts.add(text.substring(begin, i).strip());
                begin = i + 1;
            }
        }
        parts.add(text.substring(begin).strip());
        return parts;
    }

    private static String unquoted(String text) {
        if (text.length() < 2 || text.charAt(0) != '"' || text.charAt(text.length() - 1) != '"') {
            return text;
        }
        return text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1");
    }

    /** Returns an address with or without a port, or null if it is none. Names are not resolved. */
    private static @Nullable InetSocketAddress parseAddress(String text) {
        try {
            HostAndPort parsed = HostAndPort.fromString(text);
            return InetAddresses.isInetAddress(parsed.getHost())
                    ? new InetSocketAddress(InetAddresses.forString(parsed.getHost()), parsed.getPortOrDefault(0))
                    : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
