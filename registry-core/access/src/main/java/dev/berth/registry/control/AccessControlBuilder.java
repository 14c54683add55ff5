package dev.berth.registry.control;

import dev.berth.registry.Registry;
import dev.berth.registry.access.AccessPolicy;
import dev.berth.registry.access.Grants;
import dev.berth.registry.access.RequestViews;
import dev.berth.registry.account.Accounts;
import dev.berth.registry.account.ClientCertificateAuthenticator;
import dev.berth.registry.account.ClientCertificateOptions;
import dev.berth.registry.account.LoginEvents;
import dev.berth.registry.account.Logins;
import dev.berth.registry.account.PasswordAuthenticator;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.account.store.StoredKeys;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.event.EventContext;
import dev.berth.registry.event.EventSink;
import dev.berth.registry.maintenance.api.MaintenanceApi;
import dev.berth.registry.mirror.api.MirrorApi;
import dev.berth.registry.oidc.OidcAccounts;
import dev.berth.registry.oidc.OidcSignIn;
import dev.berth.registry.server.Authenticator;
import dev.berth.registry.session.SessionOptions;
import dev.berth.registry.session.Sessions;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.token.OutsideTokens;
import dev.berth.registry.token.SigningKey;
import dev.berth.registry.token.TokenOptions;
import dev.berth.registry.token.TokenService;
import dev.berth.registry.webhook.Webhooks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Builds {@link AccessControl}: accounts, what they may do, and one way to log in, which is {@link #tokens(String)},
 * {@link #passwords}, {@link #outsideTokens} or {@link #authenticator}. Not thread-safe.
 *
 * @since 0.1
 */
public final class AccessControlBuilder {
    private final Registry registry;
    private RequestViews views;
    private final List<Accounts> accounts = new ArrayList<>();
    private final List<AccessPolicy> policies = new ArrayList<>();
    private final List<BiFunction<Authenticator, LoginEvents, Authenticator>> fronts = new ArrayList<>();
    private AuditListener listener;
    private @Nullable Supplier<Grants> configured;
    private @Nullable AccountStore store;
    private @Nullable StoredKeys keys;
    private @Nullable Webhooks webhooks;
    private MirrorApi.@Nullable Builder mirrors;
    private MaintenanceApi.@Nullable Builder maintenance;
    private final List<OidcSignIn> signIns = new ArrayList<>();
    private @Nullable Function<Logins, Sessions> sessions;
    private @Nullable WayIn way;

    AccessControlBuilder(RequestViews views) {
        this.registry = views.registry();
        this.views = views;
        this.listener = views.audit();
    }

    /** Adds accounts, after those that were added before. */
    public AccessControlBuilder accounts(Accounts source) {
        accounts.add(Objects.requireNonNull(source, "source"));
        return this;
    }

    /**
     * Adds the accounts of a store with the rights that they have in it, and the management of them over HTTP.
     *
     * @throws IllegalStateException if there is a store already
     */
    public AccessControlBuilder store(AccountStore newStore) {
        if (store != null) {
            throw new IllegalStateException("There is a store already");
        }
        this.store = newStore;
        return accounts(newStore).policy(newStore.policy());
    }

    /** Lets administrators rotate and remove these keys over HTTP, which are those of {@link #tokens(TokenOptions)}. */
    public AccessControlBuilder managedKeys(StoredKeys newKeys) {
        this.keys = Objects.requireNonNull(newKeys, "newKeys");
        return this;
    }

    /**
     * Lets those manage webhooks over HTTP who are administrators by the store or by {@link #grants}, see
     * {@link dev.berth.registry.webhook.api.WebhookApi}. What is published is for {@link #events} to say.
     *
     * @param newWebhooks are not closed with the access control
     */
    public AccessControlBuilder webhooks(Webhooks newWebhooks) {
        this.webhooks = Objects.requireNonNull(newWebhooks, "newWebhooks");
        return this;
    }

    /**
     * Tells those over HTTP how mirrors and replication are who are administrators by the store or by {@link #grants}, see
     * {@link MirrorApi}.
     *
     * @param newMirrors what is told; how callers are known is set here
     */
    public AccessControlBuilder mirrors(MirrorApi.Builder newMirrors) {
        this.mirrors = Objects.requireNonNull(newMirrors, "newMirrors");
        return this;
    }

    /**
     * Lets those look after the registry over HTTP who are administrators of all of it by the store or by {@link #grants}, see
     * {@link MaintenanceApi}.
     *
     * @param newMaintenance what is looked after; how callers are known is set here
     */
    public AccessControlBuilder maintenance(MaintenanceApi.Builder newMaintenance) {
        this.maintenance = Objects.requireNonNull(newMaintenance, "newMaintenance");
        return this;
    }

    /** Adds grants that do not change. */
    public AccessControlBuilder grants(Grants fixed) {
        Objects.requireNonNull(fixed, "fixed");
        return grants(() -> fixed);
    }

    /**
     * Adds grants that are asked for at each request, such as those of a file. The management of accounts shows them.
     *
     * @throws IllegalStateException if there are grants already
     */
    public AccessControlBuilder grants(Supplier<Grants> current) {
        if (configured != null) {
            throw new IllegalStateException("There are grants already");
        }
        this.configured = Objects.requireNonNull(current, "current");
        return policy(new CurrentGrants(current));
    }

    /** Adds a policy of another kind. */
    public AccessControlBuilder policy(AccessPolicy source) {
        policies.add(Objects.requireNonNull(source, "source"));
        return this;
    }

    /**
     * Sets what is told of logins, refusals and changes, of deletions, and of what the registry refuses by its own rules.
     * Default: nothing.
     */
    public AccessControlBuilder listener(AuditListener newListener) {
        this.listener = Objects.requireNonNull(newListener, "newListener");
        return this;
    }

    /**
     * Publishes what clients do, with the caller, address and id of their request; see
     * {@link dev.berth.registry.compose.Observed}. Default: nothing is published.
     *
     * @param sink is not closed with the access control
     * @param process what all events have in common: {@link EventContext#instance()}
     */
    public AccessControlBuilder events(EventSink sink, EventContext process) {
        views = views.publishing(sink, process);
        return this;
    }

    /**
     * Lets callers log in for tokens, which is what a registry with public and private repositories needs. The keys are
     * made now, so that tokens are good in this process and end with it. For keys that stay, see
     * {@link #tokens(TokenOptions)} and {@link dev.berth.registry.account.store.StoredKeys}.
     *
     * @param service the name of the registry in challenges and tokens
     * @throws IllegalStateException if there is a way to log in already
     */
    public AccessControlBuilder tokens(String service) {
        return tokens(
                TokenOptions.builder(service, List.of(SigningKey.generate())).build());
    }

    /**
     * Lets callers log in for tokens, with options for these.
     *
     * @throws IllegalStateException if there is a way to log in already
     */
    public AccessControlBuilder tokens(TokenOptions options) {
        Objects.requireNonNull(options, "options");
        return way((logins, policy) -> {
            TokenService tokens = TokenService.of(logins, policy, options);
            return new WayIn.Door(tokens.authenticator(), tokens.routes());
        });
    }

    /**
     * Lets callers send name and password with each request (Basic authentication). Then nothing is public.
     *
     * @param realm the name of the registry, which clients may show to users
     * @throws IllegalStateException if there is a way to log in already
     */
    public AccessControlBuilder passwords(String realm) {
        return way((logins, policy) -> new WayIn.Door(PasswordAuthenticator.of(logins, realm), Map.of()));
    }

    /**
     * Lets callers in by tokens of another service, within what the policies allow.
     *
     * @throws IllegalStateException if there is a way to log in already
     */
    public AccessControlBuilder outsideTokens(OutsideTokens tokens) {
        Objects.requireNonNull(tokens, "tokens");
        return way((logins, policy) -> new WayIn.Door(tokens.authenticator(policy, logins.events()), Map.of()));
    }

    /**
     * Lets something else tell who the callers are.
     *
     * @throws IllegalStateException if there is a way to log in already
     */
    public AccessControlBuilder authenticator(Authenticator authenticator) {
        Objects.requireNonNull(authenticator, "authenticator");
        return way((logins, policy) -> new WayIn.Door(authenticator, Map.of()));
    }

    /** Adds the accounts of an issuer. Its tokens are passwords, and count as Bearer tokens as well. */
    public AccessControlBuilder oidc(OidcAccounts issuer) {
        fronts.add((next, events) -> issuer.authenticator(next, events, accounts()::ownsName));
        // First, since it knows its tokens at a glance: they need not be hashed, nor shown to a directory.
        accounts.add(0, issuer);
        issuer.signIn().ifPresent(signIns::add);
        return this;
    }

    /**
     * Lets people sign in with a browser: with name and password, a personal token, or at an {@linkplain #oidc issuer}. Their
     * cookies are good for what is beside the API of images, such as the management of accounts.
     *
     * @param objects where the sessions are kept; it is not closed with the access control
     */
    public AccessControlBuilder sessions(ObjectStore objects, SessionOptions options) {
        Objects.requireNonNull(objects, "objects");
        Objects.requireNonNull(options, "options");
        this.sessions = logins -> Sessions.over(objects, logins, options);
        return this;
    }

    /** Adds client certificates: whoever has one and sends nothing else is the caller that it names. */
    public AccessControlBuilder certificates(ClientCertificateOptions options) {
        Objects.requireNonNull(options, "options");
        fronts.add((next, events) -> ClientCertificateAuthenticator.of(options, next, events));
        return this;
    }

    private AccessControlBuilder way(WayIn newWay) {
        if (way != null) {
            throw new IllegalStateException("There is a way to log in already; there can be one");
        }
        this.way = newWay;
        return this;
    }

    /**
     * Returns the access control.
     *
     * @throws IllegalStateException if there is no way to log in
     */
    public AccessControl build() {
        WayIn chosen = way;
        if (chosen == null) {
            throw new IllegalStateException("Nobody could log in: choose tokens, passwords or an authenticator");
        }
        return new AccessControl(this, chosen);
    }

    Registry registry() {
        return registry;
    }

    RequestViews views() {
        return views;
    }

    Accounts accounts() {
        return Accounts.anyOf(accounts);
    }

    AccessPolicy policy() {
        return AccessPolicy.anyOf(policies);
    }

    AuditListener listener() {
        return listener;
    }

    List<BiFunction<Authenticator, LoginEvents, Authenticator>> fronts() {
        return fronts;
    }

    Supplier<Grants> configured() {
        Supplier<Grants> current = configured;
        return current == null ? Grants::of : current;
    }

    Optional<StoredKeys> keys() {
        return Optional.ofNullable(keys);
    }

    Optional<Webhooks> webhooks() {
        return Optional.ofNullable(webhooks);
    }

    Optional<MaintenanceApi.Builder> maintenance() {
        return Optional.ofNullable(maintenance);
    }

    Optional<MirrorApi.Builder> mirrors() {
        return Optional.ofNullable(mirrors);
    }

    Optional<Sessions> sessions(Logins logins) {
        return Optional.ofNullable(sessions).map(made -> made.apply(logins));
    }

    List<OidcSignIn> signIns() {
        return List.copyOf(signIns);
    }

    Optional<AccountStore> store() {
        return Optional.ofNullable(store);
    }
}
