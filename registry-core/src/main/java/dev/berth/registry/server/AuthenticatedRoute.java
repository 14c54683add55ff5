package dev.berth.registry.server;

import dev.berth.registry.RegistryException;
import java.io.IOException;

/** A handler outside the API that requires an authenticated caller. */
final class AuthenticatedRoute implements RegistryHandler {
    private final Gatekeeper gatekeeper;
    private final RequestedAccess access;
    private final RegistryHandler handler;

    AuthenticatedRoute(Gatekeeper gatekeeper, String path, RegistryHandler handler) {
        this.gatekeeper = gatekeeper;
        this.access = RequestedAccess.route(path);
        this.handler = handler;
    }

    @Override
    public RegistryResponse handle(RegistryRequest request) throws IOException {
        gatekeeper.requireNamed(request, access);
        try {
            return handler.handle(request);
        } catch (RegistryException e) {
            throw gatekeeper.withChallenges(e, request, access);
        }
    }
}
