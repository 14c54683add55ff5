package dev.berth.registry.client.auth;

import com.google.common.net.InternetDomainName;
import dev.berth.registry.client.http.NamedHosts;
import dev.berth.registry.internal.transport.Origin;
import java.util.Map;
import java.util.Optional;

/**
 * Which token services get the credentials for one registry. A challenge names the token service (its {@code realm}),
 * and a challenge is what the registry, or whoever has come between, likes to send: so the name alone proves nothing.
 * Trusted is a token service
 *
 * <ul>
 *   <li>on the host of the registry, on any port;
 *   <li>in the same registrable domain, such as {@code auth.example.org} for {@code registry.example.org}. Domains below
 *       one public suffix, such as {@code co.uk} or {@code github.io}, have different owners; IP addresses, single
 *       labels and names below an unknown suffix have no registrable domain;
 *   <li>that is known to belong to the registry, which is Docker Hub's under its second domain;
 *   <li>that the options name.
 * </ul>
 *
 * <p>Says nothing about TLS, which is required besides. Immutable.
 */
public final class TrustedRealms {
    /** Registries, and their token services in another registrable domain. */
    private static final Map<String, String> KNOWN_PAIRS = Map.of(
            "registry-1.docker.io", "auth.docker.io",
            "registry.hub.docker.com", "auth.docker.io");

    private final Origin registry;
    private final NamedHosts named;

    /**
     * @param registry where the registry is
     * @param named the token services that the options name
     */
    public TrustedRealms(Origin registry, NamedHosts named) {
        this.registry = registry;
        this.named = named;
    }

    Origin registry() {
        return registry;
    }

    /** Returns whether a token service may get the credentials for the registry. */
    boolean contains(Origin realm) {
        String home = NamedHosts.withoutFinalDot(registry.host());
        String host = NamedHosts.withoutFinalDot(realm.host());
        return host.equals(home)
                || named.contains(realm)
                || host.equals(KNOWN_PAIRS.get(home)) && realm.isSecure() && realm.port() == 443
                || haveSameRegistrableDomain(home, host);
    }

    private static boolean haveSameRegistrableDomain(String one, String other) {
        Optional<String> domain = registrableDomain(one);
        return domain.isPresent() && domain.equals(registrableDomain(other));
    }

    private static Optional<String> registrableDomain(String host) {
        if (!InternetDomainName.isValid(host)) {
            return Optional.empty();
        }
        InternetDomainName name = InternetDomainName.from(host);
        return name.isUnderPublicSuffix()
                ? Optional.of(name.topPrivateDomain().toString())
                : Optional.empty();
    }
}
