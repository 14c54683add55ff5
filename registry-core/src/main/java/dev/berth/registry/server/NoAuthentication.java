package dev.berth.registry.server;

/** Every caller is anonymous. */
enum NoAuthentication implements Authenticator {
    INSTANCE;

    @Override
    public Caller authenticate(RegistryRequest request, RequestedAccess access) {
        return Caller.anonymous();
    }
}
