package dev.berth.registry.client.http;

import dev.berth.registry.internal.transport.Origin;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Addresses that servers send: relative or not, and with characters that do not belong there. */
public final class Addresses {
    private static final int LONGEST = 16 * 1024;

    private Addresses() {}

    /**
     * Returns where a reference leads that was found in the answer of an address.
     *
     * <p>A registry behind a proxy that speaks TLS for it often does not know of that, and sends its own address with
     * {@code http}: that means the address that was asked.
     *
     * @return the address, without fragment, or empty if it is none of HTTP
     */
    public static Optional<URI> resolve(URI asked, String reference) {
        if (reference.isBlank() || reference.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            String escaped = escaped(reference.strip());
            // java.net.URI resolves a mere query by the rules of an older RFC.
            URI target = escaped.startsWith("?")
                    ? address(Origin.of(asked), asked.getRawPath(), escaped.substring(1))
                    : asked.resolve(new URI(escaped));
            if (target.getRawUserInfo() != null || target.getHost() == null) {
                return Optional.empty();
            }
            Origin from = Origin.of(asked);
            Origin to = Origin.of(target);
            boolean sameButForTls = from.isSecure()
                    && !to.isSecure()
                    && to.host().equals(from.host())
                    && (to.port() == 80 || to.port() == from.port());
            Origin origin = sameButForTls ? from : to;
            return Optional.of(address(origin, target.getRawPath(), target.getRawQuery()));
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Puts an address together from parts that are encoded already. */
    public static URI address(Origin origin, String rawPath, @Nullable String rawQuery) {
        String path = rawPath.isEmpty() ? "/" : rawPath;
        return URI.create(origin + path + (rawQuery == null ? "" : "?" + rawQuery));
    }

    /** Returns an address with one more parameter; what it has already stays as it is. */
    public static URI withParameter(URI address, String encoded) {
        String query = address.getRawQuery();
        String all = query == null || query.isEmpty() ? encoded : query + "&" + encoded;
        return address(Origin.of(address), address.getRawPath(), all);
    }

    /** Escapes what RFC 3986 does not allow but servers send, and leaves everything else alone. */
    private static String escaped(String reference) {
        StringBuilder escaped = new StringBuilder(reference.length());
        for (byte b : reference.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean odd = c <= ' ' || c >= 0x7f || "\"<>\\^`{|}".indexOf(c) >= 0;
            if (odd) {
                escaped.append(String.format("%%%02X", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
