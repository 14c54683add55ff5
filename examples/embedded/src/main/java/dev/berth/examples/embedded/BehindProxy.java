package dev.berth.examples.embedded;

import dev.berth.registry.Registry;
import dev.berth.registry.access.RequestContext;
import dev.berth.registry.compose.Observed;
import dev.berth.registry.event.EventContext;
import dev.berth.registry.event.EventSink;
import dev.berth.registry.server.RegistryResolver;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.server.log.AccessLog;

/** Hosts a registry behind a reverse proxy, with events that state who made which request from where. */
final class BehindProxy {
    private BehindProxy() {}

    /** Returns a server on a free port of the loopback address, to which a proxy on this machine forwards requests. */
    static RegistryServer server(Registry registry, EventSink sink) {
        return RegistryServer.builder(observed(registry, sink))
                .trustedProxies("127.0.0.1", "::1")
                .route("/healthz", request -> {
                    registry.checkHealth();
                    return RegistryResponse.builder(200).build();
                })
                .observer(AccessLog.toLogger())
                .build();
    }

    private static RegistryResolver observed(Registry registry, EventSink sink) {
        EventContext process = EventContext.builder().instance("registry-1").build();
        return (caller, access, request) -> Observed.of(registry, RequestContext.of(process, request), sink);
    }
}
