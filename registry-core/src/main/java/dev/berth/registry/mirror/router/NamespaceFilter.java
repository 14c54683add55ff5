package dev.berth.registry.mirror.router;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.wire.ApiPath;
import dev.berth.registry.internal.wire.WireHeaders;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.server.ServerFilter;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Understands the {@code ns} with which containerd tells a mirror which registry it stands for:
 * {@code /v2/library/app/manifests/1.0?ns=hub.example} becomes the same request for {@code hub.example/library/app}, or
 * whichever name the mirror of that registry has here.
 *
 * <pre>{@code
 * RegistryServer.builder(router)
 *         .filter(NamespaceFilter.of(Map.of(
 *                 "hub.example", RepositoryName.parse("hub.example"),
 *                 "registry.example:5000", RepositoryName.parse("registry.example-5000"))))
 *         .build();
 * }</pre>
 *
 * <p>This comes before authentication: rights, tokens, events and logs are about the name here, and a request with
 * {@code ns} may do what the same request with that name may, and nothing else. That goes for changes as well, which a mirror
 * refuses. Addresses in responses are again such as the client asked for.
 *
 * <p>A registry that has no mirror here is {@link ErrorCode#NAME_UNKNOWN}, and nobody is asked: containerd goes on to its next
 * host. Two registries in one request are {@link ErrorCode#REQUEST_INVALID}. Where a request names no repository,
 * {@code ns} is left out. Other parameters stay as they are. Immutable, and thread-safe.
 *
 * @since 0.1
 */
public final class NamespaceFilter implements ServerFilter {
    /** A host name or address with or without a port. */
    private static final Pattern HOST =
            Pattern.compile("(?:[a-z0-9](?:[a-z0-9._-]{0,251}[a-z0-9])?|\\[[0-9a-f:.]{2,45}])(?::[0-9]{1,5})?");

    private final Map<String, RepositoryName> prefixes;
    private final Set<String> here;

    private NamespaceFilter(Map<String, RepositoryName> prefixes, Set<String> here) {
        this.prefixes = Map.copyOf(prefixes);
        this.here = Set.copyOf(here);
        for (String both : this.here) {
            if (prefixes.containsKey(both)) {
                throw new IllegalArgumentException("'" + both + "' cannot both have a mirror and be this registry");
            }
        }
    }

    /**
     * Returns a filter.
     *
     * @param prefixes for each registry, by its host as in references of images, such as {@code hub.example} or
     *     {@code [::1]:5000}, the name below which its mirror is here. The case of hosts does not matter
     * @throws IllegalArgumentException if a key is not a host with or without a port, or is there twice
     */
    public static NamespaceFilter of(Map<String, RepositoryName> prefixes) {
        Map<String, RepositoryName> checked = new HashMap<>();
        prefixes.forEach((host, prefix) -> {
            if (checked.put(checked(host), prefix) != null) {
                throw new IllegalArgumentException("The registry '" + host + "' is there twice");
            }
        });
        return new NamespaceFilter(checked, Set.of());
    }

    /**
     * Returns this filter for a server that is one of these registries itself: their {@code ns} changes nothing. For clients
     * that reach it by an address which is not that of the references.
     *
     * @throws IllegalArgumentException if one is not a host with or without a port, or has a mirror
     */
    public NamespaceFilter andHere(Collection<String> hosts) {
        Set<String> all = new HashSet<>(here);
        hosts.forEach(host -> all.add(checked(host)));
        return new NamespaceFilter(prefixes, all);
    }

    private static String checked(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        if (!HOST.matcher(lower).matches()) {
            throw new IllegalArgumentException(
                    "'" + host + "' is not a registry: write its host, and its port if it is not"
                            + " the default, as in hub.example or hub.example:5000, without a scheme or a path");
        }
        return lower;
    }

    @Override
    public RegistryResponse filter(RegistryRequest request, RegistryHandler next) throws IOException {
        Optional<String> query = request.query();
        if (query.isEmpty() || !request.path().startsWith("/v2")) {
            return next.handle(request);
        }
        NamespaceQuery parsed = NamespaceQuery.parse(query.get());
        if (parsed.namespaces().isEmpty()) {
            return next.handle(request);
        }
        // Parsed as it was sent: the prefix makes no address valid that is not.
        boolean named = !ApiPath.parse(request.path()).name().isEmpty();
        Optional<RepositoryName> prefix = named ? prefix(parsed.namespaces()) : Optional.empty();
        if (prefix.isEmpty()) {
            return next.handle(
                    request.toBuilder().target(request.path() + parsed.others()).build());
        }
        RenamedAddresses addresses = new RenamedAddresses(prefix.get(), parsed.raw());
        RegistryResponse response = next.handle(request.toBuilder()
                .target(addresses.inward(request.path()) + parsed.others())
                .build());
        return addresses.outward(response, WireHeaders.LINK, WireHeaders.LOCATION);
    }

    private Optional<RepositoryName> prefix(Set<String> namespaces) {
        if (namespaces.size() > 1) {
            throw RegistryException.of(
                    ErrorCode.REQUEST_INVALID, "The address names several registries (query parameter ns); name one");
        }
        String host = namespaces.iterator().next();
        RepositoryName prefix = prefixes.get(host);
        if (prefix == null && !here.contains(host)) {
            throw RegistryException.of(
                    ErrorCode.NAME_UNKNOWN,
                    "There is no mirror of " + (HOST.matcher(host).matches() ? host : "the registry that ns names")
                            + " here; ask that registry, or the operator of this one for a mirror");
        }
        return Optional.ofNullable(prefix);
    }
}
