package dev.berth.registry.internal.browser;

import dev.berth.registry.internal.wire.CookieHeader;
import dev.berth.registry.server.RegistryRequest;
import java.time.Duration;
import java.util.Optional;

/**
 * A cookie that no script sees and no form of another site sends. Under TLS it has the prefix that keeps others from setting it:
 * neither a server without TLS nor one with a neighbouring name can.
 *
 * @param plainName its name without a prefix
 * @param path the path that it is sent to, which ends with a slash
 */
public record BrowserCookie(String plainName, String path) {

    /** Returns the value that a request has; one that was set under the other scheme is none. */
    public Optional<String> find(RegistryRequest request) {
        return CookieHeader.find(request.headers().all("Cookie"), name(request.secure()));
    }

    /** Returns the {@code Set-Cookie} for a value, which ends with the browser. */
    public String set(String value, boolean secure) {
        return name(secure) + "=" + value + attributes(secure);
    }

    /** Returns the {@code Set-Cookie} for a value that ends after a time. */
    public String set(String value, boolean secure, Duration age) {
        return set(value, secure) + "; Max-Age=" + age.toSeconds();
    }

    /** Returns the {@code Set-Cookie} that removes it. */
    public String remove(boolean secure) {
        return set("", secure, Duration.ZERO);
    }

    private String name(boolean secure) {
        // RFC 6265bis, section 4.1.3: the stronger prefix is only for the path of the whole host.
        return (secure ? path.equals("/") ? "__Host-" : "__Secure-" : "") + plainName;
    }

    private String attributes(boolean secure) {
        return "; Path=" + path + "; HttpOnly; SameSite=Lax" + (secure ? "; Secure" : "");
    }
}
