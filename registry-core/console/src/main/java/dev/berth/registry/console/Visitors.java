package dev.berth.registry.console;

import dev.berth.registry.Registry;
import dev.berth.registry.access.AccessPolicy;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.control.AccessControl;
import dev.berth.registry.server.Authenticator;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResolver;
import dev.berth.registry.server.RequestedAccess;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * Who comes to the pages, and what they may see. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class Visitors {
    private static final CallerOfRequest ANONYMOUS = request -> Caller.anonymous();

    private final RegistryResolver views;
    private final AccessPolicy policy;
    private final BrowserSessions sessions;
    private final CallerOfRequest browsers;
    private final CallerOfRequest programs;
    private final boolean known;
    private final BiPredicate<Caller, RegistryRequest> administrators;

    /** Finds out who sends a request that is of no session. */
    @FunctionalInterface
    interface CallerOfRequest {
        Caller of(RegistryRequest request);
    }

    Visitors(
            RegistryResolver views,
            AccessPolicy policy,
            BrowserSessions sessions,
            CallerOfRequest browsers,
            CallerOfRequest programs,
            BiPredicate<Caller, RegistryRequest> administrators) {
        this.views = Objects.requireNonNull(views, "views");
        this.policy = Objects.requireNonNull(policy, "policy");
        this.sessions = sessions;
        this.browsers = browsers;
        this.programs = programs;
        this.known = !programs.equals(ANONYMOUS);
        this.administrators = administrators;
    }

    /**
     * Returns those of a registry that everybody may see all of. What manages it is for browsers of its own machine, which no
     * proxy has passed on.
     */
    public static Visitors ofOpen(RegistryResolver views) {
        return new Visitors(
                views,
                (caller, action, repository) -> true,
                BrowserSessions.none(),
                ANONYMOUS,
                ANONYMOUS,
                (caller, request) -> request.isOfThisMachine());
    }

    /**
     * Returns those of a registry behind access control. They are anonymous: they see what the policy lets everybody pull.
     *
     * @param views finds the registry as a caller may see it
     * @param policy decides about that
     */
    public static Visitors of(RegistryResolver views, AccessPolicy policy) {
        return new Visitors(views, policy, BrowserSessions.none(), ANONYMOUS, ANONYMOUS, (caller, request) -> false);
    }

    /**
     * Returns those of a registry behind access control. With a browser, they are who has signed in, see
     * {@link dev.berth.registry.control.AccessControlBuilder#sessions}; programs send what they send for images: names and
     * passwords, or tokens. Whoever does neither sees what everybody may pull.
     */
    @SuppressWarnings("exports") // whoever has one has its module
    public static Visitors of(AccessControl access) {
        return new Visitors(
                access.resolver(),
                access.policy(),
                request -> access.sessions()
                        .flatMap(sessions -> sessions.find(request))
                        .map(open -> new BrowserSession(open.caller(), open.formToken())),
                ANONYMOUS,
                request -> request.header("Authorization").isPresent()
                        ? access.authenticator().authenticate(request, RequestedAccess.catalog())
                        : Caller.anonymous(),
                (caller, request) -> access.administers(caller, NamePattern.all()));
    }

    /**
     * Returns those of a registry behind access control, whom something else than a page of the console lets in: the security of
     * the application that it is a part of.
     *
     * @param views finds the registry as a caller may see it
     * @param policy decides about that
     * @param authenticator tells who sends a request
     * @param administrators whether a caller is an administrator of all repositories
     */
    public static Visitors of(
            RegistryResolver views,
            AccessPolicy policy,
            Authenticator authenticator,
            Predicate<? super Caller> administrators) {
        Objects.requireNonNull(authenticator, "authenticator");
        Objects.requireNonNull(administrators, "administrators");
        CallerOfRequest authenticated = request -> authenticator.authenticate(request, RequestedAccess.catalog());
        return new Visitors(
                views,
                policy,
                BrowserSessions.none(),
                authenticated,
                authenticated,
                (caller, request) -> administrators.test(caller));
    }

    /**
     * Returns what tells of somebody who comes with a browser. What it sends for other pages of the server, such as a password,
     * does not count where people sign in.
     */
    CurrentVisitor inBrowser(RegistryRequest request, FormCookie forms) {
        Optional<BrowserSession> session = sessions.of(request);
        Caller caller = session.map(BrowserSession::caller).orElseGet(() -> browsers.of(request));
        return visitor(caller, session, forms, request);
    }

    /**
     * Returns what tells of a program, or of a browser with a session.
     *
     * @throws dev.berth.registry.RegistryException with {@code UNAUTHORIZED} if what it has for that is not good
     */
    CurrentVisitor ofProgram(RegistryRequest request) {
        // Whoever sends other credentials beside a cookie means those.
        Optional<BrowserSession> session =
                request.header("Authorization").isPresent() ? Optional.empty() : sessions.of(request);
        Caller caller = session.map(BrowserSession::caller).orElseGet(() -> programs.of(request));
        return visitor(caller, session, FormCookie.none(), request);
    }

    private CurrentVisitor visitor(
            Caller caller, Optional<BrowserSession> session, FormCookie forms, RegistryRequest request) {
        return new CurrentVisitor(caller, session, forms, policy, () -> administrators.test(caller, request));
    }

    /** Returns whether programs are told apart, so that some may see more than others. */
    boolean areKnown() {
        return known;
    }

    Registry view(Caller caller, RegistryRequest request) {
        return views.resolve(caller, RequestedAccess.catalog(), request);
    }
}
