package dev.berth.registry.console.html;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An address that may stand in a page. Immutable.
 *
 * <p>One of this site is made of segments and parameters, which are escaped; one of elsewhere is of {@code http} or
 * {@code https}, so that none is a script.
 */
public final class Link {
    private static final String HEX = "0123456789ABCDEF";
    private static final String PLAIN = "-._~!$'()*+,;=:@";

    private final String address;
    private final boolean elsewhere;

    private Link(String address, boolean elsewhere) {
        this.address = address;
        this.elsewhere = elsewhere;
    }

    /**
     * Returns an address of this site.
     *
     * @param base where the pages are mounted: empty, or a path that begins with a slash and ends without one
     * @param segments the segments of the path below it
     * @throws IllegalArgumentException if one is {@code .} or {@code ..}; what strangers name so goes into a parameter
     */
    public static Link to(String base, List<String> segments) {
        StringBuilder path = new StringBuilder(base);
        for (String segment : segments) {
            path.append('/').append(segment(segment));
        }
        return new Link(segments.isEmpty() ? base + "/" : path.toString(), false);
    }

    /** Returns the same address with a parameter more. */
    public Link with(String name, String value) {
        char separator = address.indexOf('?') < 0 ? '?' : '&';
        return new Link(address + separator + parameter(name) + "=" + parameter(value), elsewhere);
    }

    /** Returns the address of a part of the same page. */
    public static Link toPart(String id) {
        return new Link("#" + segment(id), false);
    }

    /**
     * Returns an address of another site, if it is one that a page may name: {@code http} or {@code https}, with a host, and
     * without a password.
     */
    public static Optional<Link> elsewhere(String address) {
        try {
            URI uri = new URI(address.strip());
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            boolean web = scheme.equals("https") || scheme.equals("http");
            return web && uri.getHost() != null && uri.getRawUserInfo() == null
                    ? Optional.of(new Link(uri.toASCIIString(), true))
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    boolean isElsewhere() {
        return elsewhere;
    }

    /** Returns the address. */
    @Override
    public String toString() {
        return address;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Link link && link.address.equals(address);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(address);
    }

    private static String segment(String segment) {
        if (segment.equals(".") || segment.equals("..")) {
            throw new IllegalArgumentException("A browser takes '" + segment + "' for another directory");
        }
        StringBuilder out = new StringBuilder();
        for (byte octet : segment.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (letter || PLAIN.indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return out.toString();
    }

    private static String parameter(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
