package dev.berth.registry.account;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.access.RequestOrigin;
import dev.berth.registry.server.Authenticator;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RequestedAccess;
import dev.berth.registry.server.basic.BasicCredentials;
import java.util.List;
import java.util.Objects;

/**
 * Authenticates callers by a name and a password that clients send with every request (RFC 7617). For use over TLS or in a
 * trusted network only.
 *
 * <p>Every request needs credentials, also the first one that clients make, {@code GET /v2/}: a client that is not
 * challenged there never sends any. So a registry with public repositories needs tokens instead. Thread-safe.
 *
 * @since 0.1
 */
public final class PasswordAuthenticator implements Authenticator {
    private final Logins logins;
    private final List<String> challenges;

    private PasswordAuthenticator(Logins logins, String realm) {
        this.logins = logins;
        this.challenges = List.of(BasicCredentials.challenge(realm));
    }

    /**
     * Returns an authenticator.
     *
     * @param realm the name of the protected resources, which clients may show to users
     * @throws IllegalArgumentException if the realm has a character that would need escaping
     */
    public static PasswordAuthenticator of(Logins logins, String realm) {
        return new PasswordAuthenticator(Objects.requireNonNull(logins, "logins"), realm);
    }

    @Override
    public Caller authenticate(RegistryRequest request, RequestedAccess access) {
        try {
            Account account = logins.login(credentials(request), RequestOrigin.of(request));
            return logins.events().admitted(account.caller(), LoginEvents.credentials(account), access, request);
        } catch (RegistryException e) {
            throw e.code() == ErrorCode.UNAUTHORIZED
                    ? RegistryException.builder(e.errors())
                            .challenges(challenges)
                            .build()
                    : e;
        }
    }

    private static BasicCredentials credentials(RegistryRequest request) {
        return BasicCredentials.of(request)
                .orElseThrow(() -> RegistryException.of(
                        ErrorCode.UNAUTHORIZED,
                        "Authentication is required: log in with a user name and a password (docker login)"));
    }

    @Override
    public List<String> challenges(RegistryRequest request, RequestedAccess access) {
        return challenges;
    }
}
