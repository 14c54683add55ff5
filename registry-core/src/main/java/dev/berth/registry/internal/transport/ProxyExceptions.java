package dev.berth.registry.internal.transport;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Parses the two notations for hosts that are reached without the proxy. */
final class ProxyExceptions {
    private ProxyExceptions() {}

    /**
     * Parses the variable {@code NO_PROXY} as most programs do. Entries are separated by commas. A name matches itself
     * and its subdomains, with a leading dot its subdomains only. Addresses and networks ({@code 10.0.0.0/8}) match
     * addresses. Each entry may have a port. {@code *} matches everything.
     */
    static Predicate<Origin> parseVariable(String value) {
        List<Predicate<Origin>> exceptions = new ArrayList<>();
        for (String part : value.split(",", -1)) {
            String text = part.strip().toLowerCase(Locale.ROOT);
            if (text.equals("*")) {
                return origin -> true;
            }
            if (!text.isEmpty()) {
                exceptions.add(exception(text));
            }
        }
        return origin -> exceptions.stream().anyMatch(exception -> exception.test(origin));
    }

    private static Predicate<Origin> exception(String text) {
        int slash = text.indexOf('/');
        if (slash > 0 && InetAddresses.isInetAddress(text.substring(0, slash))) {
            return network(InetAddresses.forString(text.substring(0, slash)).getAddress(), text.substring(slash + 1));
        }
        if (InetAddresses.isInetAddress(text)) {
            InetAddress address = InetAddresses.forString(text);
            return origin -> isAddress(origin) && address.equals(address(origin));
        }
        int colon = text.lastIndexOf(':');
        if (colon > 0 && text.substring(colon + 1).matches("\\d{1,5}")) {
            int port = Integer.parseInt(text.substring(colon + 1));
            Predicate<Origin> host = exception(text.substring(0, colon));
            return origin -> origin.port() == port && host.test(origin);
        }
        if (text.startsWith("[") && text.endsWith("]")) {
            return exception(text.substring(1, text.length() - 1));
        }
        String below = text.startsWith("*.") ? text.substring(1) : text;
        if (below.startsWith(".")) {
            return origin -> origin.host().endsWith(below);
        }
        return origin -> origin.host().equals(below) || origin.host().endsWith("." + below);
    }

    private static Predicate<Origin> network(byte[] network, String bitsText) {
        if (!bitsText.matches("\\d{1,3}")) {
            return origin -> false;
        }
        int bits = Integer.parseInt(bitsText);
        return origin -> isAddress(origin) && hasPrefix(address(origin).getAddress(), network, bits);
    }

    private static boolean hasPrefix(byte[] address, byte[] network, int bits) {
        if (address.length != network.length || bits > network.length * 8) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((address[bit / 8] & mask) != (network[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAddress(Origin origin) {
        return InetAddresses.isInetAddress(unbracketed(origin));
    }

    private static InetAddress address(Origin origin) {
        return InetAddresses.forString(unbracketed(origin));
    }

    private static String unbracketed(Origin origin) {
        String host = origin.host();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Parses the property {@code http.nonProxyHosts}: patterns separated by bars, {@code *} first or last in each. */
    static Predicate<Origin> parseProperty(String value) {
        List<Pattern> patterns = new ArrayList<>();
        for (String part : value.split("\\|", -1)) {
            if (!part.isBlank()) {
                String pattern = Pattern.quote(part.strip()).replace("*", "\\E.*\\Q");
                patterns.add(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE));
            }
        }
        return origin -> patterns.stream()
                .anyMatch(pattern -> pattern.matcher(origin.host()).matches());
    }
}
