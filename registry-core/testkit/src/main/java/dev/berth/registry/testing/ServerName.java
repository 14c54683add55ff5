package dev.berth.registry.testing;

import dev.berth.registry.internal.pem.Der;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A host name or an IP address under which clients reach a server.
 *
 * @param text the name in lower case, or the address as it was written
 * @param address the address, or empty if it is a name
 */
record ServerName(String text, Optional<InetAddress> address) {
    private static final Pattern NAME = Pattern.compile("(\\*\\.)?[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?"
            + "(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*");
    private static final Pattern IPV4 = Pattern.compile("[0-9]+(\\.[0-9]+)*");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    /**
     * Parses a name or an address, without looking it up.
     *
     * @throws IllegalArgumentException if it is neither
     */
    static ServerName parse(String text) {
        if (IPV6.matcher(text).matches()) {
            return new ServerName(text, Optional.of(literal(text, "[" + text + "]")));
        }
        if (IPV4.matcher(text).matches()) {
            return new ServerName(text, Optional.of(literal(text, ipv4(text))));
        }
        String name = text.toLowerCase(Locale.ROOT);
        if (!NAME.matcher(name).matches()) {
            throw invalid(text, null);
        }
        return new ServerName(name, Optional.empty());
    }

    /** Returns the address if it has four parts of one byte each: anything else might be looked up as a name. */
    private static String ipv4(String text) {
        String[] parts = text.split("\\.", -1);
        boolean valid = parts.length == 4;
        for (String part : parts) {
            valid &= part.length() <= 3 && Integer.parseInt(part.substring(0, Math.min(3, part.length()))) <= 255;
        }
        if (!valid) {
            throw invalid(text, null);
        }
        return text;
    }

    private static InetAddress literal(String text, String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw invalid(text, e);
        }
    }

    private static IllegalArgumentException invalid(String text, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "'" + text + "' is neither a host name nor an IP address; a port does not belong to it", cause);
    }

    /** Returns the names of every machine for itself. */
    static List<ServerName> ofLoopback() {
        return List.of(parse("localhost"), parse("127.0.0.1"), parse("::1"));
    }

    boolean isAddress() {
        return address.isPresent();
    }

    /** Returns whether this is the address that stands for all addresses of a machine. */
    boolean isWildcardAddress() {
        return address.map(InetAddress::isAnyLocalAddress).orElse(false);
    }

    /** Returns the name as it is written in the authority of a URI. */
    String inUri() {
        return text.indexOf(':') < 0 ? text : "[" + text + "]";
    }

    /** Returns the name as a certificate contains it (RFC 5280, section 4.2.1.6). */
    byte[] der() {
        return address.map(a -> Der.implicit(IP_ADDRESS, a.getAddress()))
                .orElseGet(() -> Der.implicit(DNS_NAME, text.getBytes(StandardCharsets.US_ASCII)));
    }
}
