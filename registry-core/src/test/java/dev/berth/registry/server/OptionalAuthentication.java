package dev.berth.registry.server;

import java.util.List;

/** Takes requests without credentials as anonymous, and leaves others to an authenticator. */
record OptionalAuthentication(Authenticator authenticator) implements Authenticator {

    @Override
    public Caller authenticate(RegistryRequest request, RequestedAccess access) {
        return request.headers().has("Authorization")
                ? authenticator.authenticate(request, access)
                : Caller.anonymous();
    }

    @Override
    public List<String> challenges(RegistryRequest request, RequestedAccess access) {
        return authenticator.challenges(request, access);
    }
}
