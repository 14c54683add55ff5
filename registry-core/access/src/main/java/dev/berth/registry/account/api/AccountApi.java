package dev.berth.registry.account.api;

import dev.berth.registry.access.Grants;
import dev.berth.registry.account.Logins;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.account.store.StoredKeys;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.internal.management.Admission;
import dev.berth.registry.internal.management.AllRights;
import dev.berth.registry.internal.management.ManagementApi;
import dev.berth.registry.internal.management.Route;
import dev.berth.registry.server.Authenticator;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.session.Sessions;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Manages accounts and rights over HTTP, in JSON. Thread-safe.
 *
 * <pre>{@code
 * RegistryServer.builder(resolver)
 *         .route(AccountApi.PATH, AccountApi.builder(store, logins).build())
 * }</pre>
 *
 * <p>It takes the credentials of the registry itself: a name and a password, and the tokens that {@link Builder#tokens}
 * accepts. A robot, a personal token, or a token that was asked for to pull and push manages nothing. Rights are those of
 * the time of the request:
 *
 * <ul>
 *   <li>Whoever has the role {@code ADMIN} in every repository ({@code **}) may do everything. The last one stays: what
 *       would leave nobody is refused.
 *   <li>Whoever has the role {@code ADMIN} in a pattern gives and takes away roles within it. In all repositories of an
 *       organisation ({@code acme/**}) that includes its members, its robots, and the teams whose names begin with its
 *       own ({@code acme/dev}); nobody joins a team that way which may do more.
 *   <li>Everybody changes the own password, with the old one, and has personal tokens and robots, which can never do more
 *       than their owner.
 * </ul>
 *
 * <p>Others get the same refusal for what exists and for what does not. A secret is in the answer to the request that made
 * it, and nowhere else. No answer may be cached. A cookie of a {@linkplain dev.berth.registry.session.Sessions session} changes
 * something only with what the own pages know: a page of another site cannot change anything.
 *
 * @since 0.1
 */
public final class AccountApi implements RegistryHandler {
    /** The prefix of its addresses, for {@link dev.berth.registry.server.RegistryServer.Builder#route}. */
    public static final String PATH = "/berth/access/";

    private static final String REALM = "Registry accounts";

    private final ManagementApi api;

    private AccountApi(Admission admission, List<Route> routes) {
        this.api = new ManagementApi(PATH, "accounts", admission, routes);
    }

    /** Returns the API over these accounts, without further grants and without tokens. */
    public static AccountApi of(AccountStore store, Logins logins, AuditListener listener) {
        return builder(store, logins).listener(listener).build();
    }

    /**
     * Returns a builder.
     *
     * @param store the accounts to manage
     * @param logins the logins of the server, whose accounts may include others than those of the store
     */
    public static Builder builder(AccountStore store, Logins logins) {
        return new Builder(store, logins);
    }

    @Override
    public RegistryResponse handle(RegistryRequest request) throws IOException {
        return api.handle(request);
    }

    /** Returns every method of every address. */
    List<Route> routes() {
        return api.routes();
    }

    /**
     * Builds the API. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private final AccountStore store;
        private final Logins logins;
        private AuditListener listener = AuditListener.none();
        private Supplier<Grants> configured = Grants::of;
        private @Nullable Authenticator tokens;
        private @Nullable StoredKeys keys;
        private @Nullable Sessions sessions;
        private InstantSource clock = InstantSource.system();

        private Builder(AccountStore store, Logins logins) {
            this.store = Objects.requireNonNull(store, "store");
            this.logins = Objects.requireNonNull(logins, "logins");
        }

        /** Sets what is told of changes and refusals. Default: nothing. */
        public Builder listener(AuditListener newListener) {
            this.listener = Objects.requireNonNull(newListener, "newListener");
            return this;
        }

        /**
         * Sets the grants that are in force beside those of the store, such as those of a configuration file. The API
         * obeys them and shows them, and does not change them. Default: none.
         */
        public Builder configured(Supplier<Grants> newConfigured) {
            this.configured = Objects.requireNonNull(newConfigured, "newConfigured");
            return this;
        }

        /**
         * Sets what accepts credentials other than a name and a password, such as
         * {@link dev.berth.registry.token.TokenService#authenticator()}. Default: nothing does.
         */
        public Builder tokens(Authenticator newTokens) {
            this.tokens = Objects.requireNonNull(newTokens, "newTokens");
            return this;
        }

        /**
         * Sets the keys that administrators of the registry may list, rotate and remove: those that sign its tokens.
         * Default: none.
         */
        public Builder keys(StoredKeys newKeys) {
            this.keys = Objects.requireNonNull(newKeys, "newKeys");
            return this;
        }

        /** Sets the sessions that everybody may list and end: the own ones, and administrators all. Default: none. */
        public Builder sessions(Sessions newSessions) {
            this.sessions = Objects.requireNonNull(newSessions, "newSessions");
            return this;
        }

        /** Sets the clock that decides whether an expiry is in the future. */
        public Builder clock(InstantSource newClock) {
            this.clock = Objects.requireNonNull(newClock, "newClock");
            return this;
        }

        /** Returns the API for clients, who authenticate. */
        public AccountApi build() {
            return new AccountApi(new Admission.OfClients(PATH, REALM, logins, tokens, rights(), listener), routes());
        }

        /**
         * Returns the API for whoever owns the storage itself, as an administrator of everything and without
         * authentication. Not to be served.
         *
         * @param name the name of the administrator in events
         */
        public AccountApi buildForOperator(String name) {
            return new AccountApi(new Admission.OfOperator(name, rights()), routes());
        }

        private AllRights rights() {
            return new AllRights(store::grants, configured);
        }

        private List<Route> routes() {
            return Resources.of(store, keys, sessions, logins, rights(), listener, clock);
        }
    }
}
