package dev.berth.registry.internal.event;

import dev.berth.registry.event.EventContext;
import dev.berth.registry.event.RegistryEvent;
import java.util.Optional;
import java.util.regex.Pattern;

/** The URL at which the client of a request reaches what its event is about. */
final class ContentUrl {
    /** A name, an IPv4 address, or an IPv6 address in brackets; with or without a port. Clients send anything as a host. */
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");

    private ContentUrl() {}

    /** Returns the URL of the manifest or blob by its digest, or empty if it has none or the host is unknown. */
    static Optional<String> of(RegistryEvent event) {
        String kind = event.type().value().startsWith("blob.") ? "/blobs/" : "/manifests/";
        return event.digest()
                .flatMap(digest -> registry(event.context())
                        .map(registry -> registry + "/v2/" + event.repository() + kind + digest));
    }

    /** Returns scheme and host of the registry, or empty if they are unknown. */
    static Optional<String> registry(EventContext context) {
        String scheme = context.secure() ? "https://" : "http://";
        return context.host().filter(host -> HOST.matcher(host).matches()).map(host -> scheme + host);
    }
}
