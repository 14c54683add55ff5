package dev.berth.registry.control;

import dev.berth.registry.Registry;
import dev.berth.registry.access.AccessPolicy;
import dev.berth.registry.access.Authorized;
import dev.berth.registry.access.Grants;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.RequestOrigin;
import dev.berth.registry.access.RequestViews;
import dev.berth.registry.account.Accounts;
import dev.berth.registry.account.LoginEvents;
import dev.berth.registry.account.Logins;
import dev.berth.registry.account.api.AccountApi;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.audit.Audited;
import dev.berth.registry.audit.RefusalFlood;
import dev.berth.registry.internal.management.AllRights;
import dev.berth.registry.maintenance.api.MaintenanceApi;
import dev.berth.registry.mirror.api.MirrorApi;
import dev.berth.registry.oidc.OidcSignIn;
import dev.berth.registry.server.Authenticator;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryResolver;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.session.Sessions;
import dev.berth.registry.webhook.api.WebhookApi;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * A registry behind access control: who the callers are, what they may do, and how they log in.
 *
 * <pre>{@code
 * AccessControl access = AccessControl.builder(registry)
 *         .store(AccountStore.over(objects))
 *         .grants(Grants.of(new Grant(Grantee.everyone(), NamePattern.parse("public/**"), Role.READER)))
 *         .tokens("registry.example.com")
 *         .build();
 * RegistryServer server = access.server().listen("127.0.0.1", 5000).build().start();
 * }</pre>
 *
 * <p>Accounts and rights of several sources add up: whoever is known to one of them may log in, and may do what one of them
 * allows. Whoever has no grant may do nothing. Rights are checked at each request, as they are then.
 *
 * <p>With tokens, the server has the token service at {@code /token} and its public keys at {@code /token/jwks} and
 * {@code /token/certificates}; with a store, it has the {@linkplain AccountApi management of accounts} below
 * {@code /berth/access/}; with webhooks, {@linkplain WebhookApi that of webhooks} below {@code /berth/webhooks/}; with
 * mirrors, {@linkplain MirrorApi what tells of them} below {@code /berth/mirrors/}; and {@linkplain MaintenanceApi its upkeep}
 * below {@code /berth/maintenance/}, if that is wanted. Thread-safe.
 *
 * @since 0.1
 */
public final class AccessControl {
    private final Registry registry;
    private final RequestViews views;
    private final Accounts accounts;
    private final AccessPolicy policy;
    private final AuditListener listener;
    private final Authenticator authenticator;
    private final Optional<Sessions> sessions;
    private final List<OidcSignIn> signIns;
    private final AllRights rights;
    private final Map<String, RegistryHandler> routes = new LinkedHashMap<>();

    AccessControl(AccessControlBuilder builder, WayIn way) {
        this.registry = builder.registry();
        this.accounts = builder.accounts();
        this.policy = builder.policy();
        this.listener = RefusalFlood.limiting(builder.listener(), InstantSource.system());
        this.views = builder.views().audited(listener);
        Logins logins = Logins.of(accounts, listener);
        WayIn.Door door = way.open(logins, policy);
        routes.putAll(door.routes());
        Authenticator asked = door.authenticator();
        for (BiFunction<Authenticator, LoginEvents, Authenticator> front : builder.fronts()) {
            asked = front.apply(asked, logins.events());
        }
        this.sessions = builder.sessions(logins);
        // Outermost: whoever sends other credentials beside the cookie means those, which it leaves to the others.
        this.authenticator = sessions.isPresent() ? sessions.get().authenticator(asked) : asked;
        this.signIns = builder.signIns();
        Supplier<Grants> stored =
                builder.store().<Supplier<Grants>>map(store -> store::grants).orElse(Grants::of);
        this.rights = new AllRights(stored, builder.configured());
        builder.store().ifPresent(store -> {
            AccountApi.Builder api = AccountApi.builder(store, logins)
                    .listener(listener)
                    .configured(builder.configured())
                    .tokens(authenticator);
            builder.keys().ifPresent(api::keys);
            sessions.ifPresent(api::sessions);
            routes.put(AccountApi.PATH, api.build());
        });
        builder.webhooks().ifPresent(webhooks -> {
            WebhookApi.Builder api = WebhookApi.builder(webhooks, logins)
                    .listener(listener)
                    .configured(builder.configured())
                    .tokens(authenticator);
            builder.store().ifPresent(api::store);
            routes.put(WebhookApi.PATH, api.build());
        });
        builder.mirrors().ifPresent(api -> {
            api.listener(listener).configured(builder.configured()).tokens(authenticator);
            builder.store().ifPresent(api::store);
            routes.put(MirrorApi.PATH, api.build(logins));
        });
        builder.maintenance().ifPresent(api -> {
            api.listener(listener).configured(builder.configured()).tokens(authenticator);
            builder.store().ifPresent(api::store);
            routes.put(MaintenanceApi.PATH, api.build(logins));
        });
    }

    /** Returns a builder for the access control of a registry, which is not closed by it. */
    public static AccessControlBuilder builder(Registry registry) {
        return builder(RequestViews.of(registry));
    }

    /**
     * Returns a builder for the access control in front of views, such as those of a
     * {@link dev.berth.registry.host.HostedRegistry}. What they publish and audit stays, unless the builder is told otherwise.
     */
    public static AccessControlBuilder builder(RequestViews views) {
        return new AccessControlBuilder(Objects.requireNonNull(views, "views"));
    }

    /** Returns a builder for a server with this access control. What is left is where to listen, and limits. */
    public RegistryServer.Builder server() {
        RegistryServer.Builder server = RegistryServer.builder(resolver()).authenticator(authenticator);
        routes.forEach(server::route);
        return server;
    }

    /** Returns what finds the registry for a caller: as the caller may see it. */
    public RegistryResolver resolver() {
        return Authorized.resolver(views, policy, listener);
    }

    /** Returns the registry as a caller may see it, for use in this process. It publishes no events. */
    public Registry registryFor(Caller caller) {
        return Authorized.of(Audited.of(registry, RequestOrigin.of(caller), listener), caller, policy, listener);
    }

    /** Returns what authenticates requests. */
    public Authenticator authenticator() {
        return authenticator;
    }

    /** Returns the handlers beside the API by their paths. They authenticate their requests themselves. */
    public Map<String, RegistryHandler> routes() {
        return Map.copyOf(routes);
    }

    /** Returns the sessions of browsers, if there may be any. */
    public Optional<Sessions> sessions() {
        return sessions;
    }

    /** Returns the issuers by whose pages one signs in to a session. */
    public List<OidcSignIn> signIns() {
        return signIns;
    }

    /**
     * Returns whether a caller has the role of an administrator in everything that a pattern matches, as the management APIs
     * ask: by the grants of the store or by those that are configured. What the caller's credentials are good for is not asked.
     */
    public boolean administers(Caller caller, NamePattern pattern) {
        return rights.administers(caller, pattern);
    }

    /** Returns all accounts. */
    public Accounts accounts() {
        return accounts;
    }

    /** Returns everything that is allowed. */
    public AccessPolicy policy() {
        return policy;
    }
}
