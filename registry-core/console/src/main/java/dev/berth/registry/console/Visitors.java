package dev.berth.registry.console;

import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.AccessPolicy;
import dev.berth.registry.access.Action;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResolver;
import dev.berth.registry.server.RequestedAccess;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who comes to the pages, and what they may see. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class Visitors {
    private final RegistryResolver views;
    private final AccessPolicy policy;
    private final BrowserSessions sessions;
    private final CallerOfRequest callers;
    private final Predicate<Caller> administrators;

    /** Finds out who sends a request by what it has for programs: {@code Authorization}. */
    @FunctionalInterface
    interface CallerOfRequest {
        Caller of(RegistryRequest request);
    }

    Visitors(
            RegistryResolver views,
            AccessPolicy policy,
            BrowserSessions sessions,
            CallerOfRequest callers,
            Predicate<Caller> administrators) {
        this.views = Objects.requireNonNull(views, "views");
        this.policy = Objects.requireNonNull(policy, "policy");
        this.sessions = Objects.requireNonNull(sessions, "sessions");
        this.callers = Objects.requireNonNull(callers, "callers");
        this.administrators = Objects.requireNonNull(administrators, "administrators");
    }

    /** Returns those of a registry that everybody may see all of. */
    public static Visitors ofOpen(RegistryResolver views) {
        return of(views, (caller, action, repository) -> true);
    }

    /**
     * Returns those of a registry behind access control. They are anonymous: they see what the policy lets everybody pull.
     *
     * @param views finds the registry as a caller may see it
     * @param policy decides about that
     */
    public static Visitors of(RegistryResolver views, AccessPolicy policy) {
        return new Visitors(
                views, policy, BrowserSessions.none(), request -> Caller.anonymous(), administrator -> false);
    }

    /** Returns what tells of somebody who comes with a browser. */
    CurrentVisitor inBrowser(RegistryRequest request, FormCookie forms) {
        return new CurrentVisitor(sessions.of(request), forms, policy, administrators);
    }

    /**
     * Returns who sends a request: a browser with a session, or a program.
     *
     * @throws dev.berth.registry.RegistryException with {@code UNAUTHORIZED} if what it has for that is not good
     */
    Caller caller(RegistryRequest request) {
        return request.header("Authorization").isPresent()
                ? callers.of(request)
                : sessions.of(request).map(BrowserSession::caller).orElseGet(Caller::anonymous);
    }

    /** Returns what tells of somebody who is known already. */
    CurrentVisitor ofProgram(Caller caller) {
        return new CurrentVisitor(
                Optional.of(new BrowserSession(caller, "")), FormCookie.none(), policy, administrators);
    }

    Registry view(Caller caller, RegistryRequest request) {
        return views.resolve(caller, RequestedAccess.catalog(), request);
    }

    boolean maySee(Caller caller, RepositoryName repository) {
        return policy.allows(caller, Action.PULL, repository)
                && caller.isWithinLimit(RequestedAccess.pull(repository));
    }
}
