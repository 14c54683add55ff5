package dev.berth.registry.scan.api;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.AccessPolicy;
import dev.berth.registry.access.Action;
import dev.berth.registry.access.Authorized;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.server.Authenticator;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.server.RequestedAccess;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Finds out who makes a request, and whether that one may. */
final class Callers {
    private final Registry registry;
    private final Authenticator authenticator;
    private final AccessPolicy policy;
    private final AuditListener listener;

    Callers(Registry registry, Authenticator authenticator, AccessPolicy policy, AuditListener listener) {
        this.registry = registry;
        this.authenticator = authenticator;
        this.policy = policy;
        this.listener = listener;
    }

    RegistryResponse call(ScanRoute route, Parameters parameters, RegistryRequest request) throws IOException {
        Optional<RepositoryName> repository = route.right().map(right -> parameters.repository());
        RequestedAccess access =
                repository.map(name -> route.right().orElseThrow().in(name)).orElseGet(RequestedAccess::catalog);
        Caller caller = authenticator.authenticate(request, access);
        if (repository.isPresent()) {
            require(caller, route.right().orElseThrow(), repository.get(), request, access);
        } else if (!caller.isWithinLimit(access)) {
            throw RegistryException.of(
                    ErrorCode.DENIED, "These credentials are for single repositories, and not for questions about all");
        }
        try {
            return route.operation()
                    .answer(new ScanCall(
                            caller, Authorized.of(registry, caller, policy, listener), parameters, request));
        } catch (RegistryException e) {
            throw switch (e.code()) {
                case NAME_UNKNOWN, MANIFEST_UNKNOWN -> repository.isPresent() ? missing(repository.get()) : e;
                default -> e;
            };
        }
    }

    private void require(
            Caller caller, Action right, RepositoryName repository, RegistryRequest request, RequestedAccess access) {
        if (may(caller, right, repository)) {
            return;
        }
        if (caller.isAnonymous()) {
            List<String> challenges = authenticator.challenges(request, access);
            if (!challenges.isEmpty()) {
                RegistryException refused = RegistryException.of(ErrorCode.UNAUTHORIZED, "Log in to see this");
                throw RegistryException.builder(refused.errors())
                        .challenges(challenges)
                        .build();
            }
        }
        if (may(caller, Action.PULL, repository)) {
            throw RegistryException.of(
                    ErrorCode.DENIED, "You may not begin scans in " + repository + "; it takes the right to push");
        }
        throw missing(repository);
    }

    private boolean may(Caller caller, Action right, RepositoryName repository) {
        return caller.isWithinLimit(right.in(repository)) && policy.allows(caller, right, repository);
    }

    /** The same for what is hidden and for what does not exist. */
    private static RegistryException missing(RepositoryName repository) {
        return RegistryException.of(
                ErrorCode.NOT_FOUND, "There is no such image in " + repository + ", or you may not see it");
    }
}
