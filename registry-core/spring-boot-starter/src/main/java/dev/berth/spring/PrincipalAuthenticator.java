package dev.berth.spring;

import dev.berth.registry.server.Authenticator;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RequestedAccess;
import java.util.List;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** Takes whom Spring Security has let in already, by whatever means; everybody else logs in at the registry. */
final class PrincipalAuthenticator implements Authenticator {
    private final Authenticator next;

    PrincipalAuthenticator(Authenticator next) {
        this.next = next;
    }

    @Override
    public Caller authenticate(RegistryRequest request, RequestedAccess access) {
        Authentication known = SecurityContextHolder.getContext().getAuthentication();
        return known == null || !known.isAuthenticated() || known instanceof AnonymousAuthenticationToken
                ? next.authenticate(request, access)
                : UserAccounts.caller(known);
    }

    @Override
    public List<String> challenges(RegistryRequest request, RequestedAccess access) {
        return next.challenges(request, access);
    }
}
