package dev.berth.registry.maintenance.api;

import dev.berth.registry.access.Grants;
import dev.berth.registry.account.Logins;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.host.HostedRegistry;
import dev.berth.registry.internal.management.Admission;
import dev.berth.registry.internal.management.AllRights;
import dev.berth.registry.internal.management.ChangeAudit;
import dev.berth.registry.internal.management.ManagementApi;
import dev.berth.registry.internal.management.OfThisMachine;
import dev.berth.registry.internal.management.Route;
import dev.berth.registry.server.Authenticator;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The upkeep of a registry over HTTP, in JSON, for its administrators: what collections and scrubs have done and would do, what
 * was deleted and can be restored, what repositories use, and the audit. Thread-safe.
 *
 * <pre>{@code
 * hosted.server(views -> AccessControl.builder(views)….maintenance(MaintenanceApi.builder(hosted)).build().server())
 * }</pre>
 *
 * <p>It takes the credentials that the {@linkplain dev.berth.registry.account.api.AccountApi management of accounts} takes, of
 * whoever has the role {@code ADMIN} in every repository ({@code **}). A server without accounts has
 * {@link Builder#buildForThisMachine}.
 *
 * <p>What takes long is begun here and goes on in the background. What is restored is pushed through the registry, so that rules
 * and quotas hold and events tell it, and is audited in the name of whoever asks for it.
 *
 * @since 0.1
 */
public final class MaintenanceApi implements RegistryHandler {
    /** The prefix of its addresses, for {@link dev.berth.registry.server.RegistryServer.Builder#route}. */
    public static final String PATH = "/berth/maintenance/";

    private static final String REALM = "Registry maintenance";

    private final ManagementApi api;

    private MaintenanceApi(Admission admission, List<Route> routes) {
        this.api = new ManagementApi(PATH, "maintenance", admission, routes);
    }

    /** Returns a builder of the API over a registry, which is not closed with it. */
    public static Builder builder(HostedRegistry hosted) {
        return new Builder(hosted);
    }

    @Override
    public RegistryResponse handle(RegistryRequest request) throws IOException {
        return api.handle(request);
    }

    /**
     * Builds the API. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private final HostedRegistry hosted;
        private InstantSource clock = InstantSource.system();
        private AuditListener listener = AuditListener.none();
        private Supplier<Grants> stored = Grants::of;
        private Supplier<Grants> configured = Grants::of;
        private @Nullable Authenticator tokens;

        private Builder(HostedRegistry hosted) {
            this.hosted = Objects.requireNonNull(hosted, "hosted");
        }

        /** Sets the clock of what is begun here. */
        public Builder clock(InstantSource newClock) {
            this.clock = Objects.requireNonNull(newClock, "newClock");
            return this;
        }

        /** Sets what is told of refusals, of what is restored, and of what somebody begins. Default: nothing. */
        public Builder listener(AuditListener newListener) {
            this.listener = Objects.requireNonNull(newListener, "newListener");
            return this;
        }

        /** Sets the store whose grants say who is an administrator. Default: none. */
        public Builder store(AccountStore store) {
            this.stored = Objects.requireNonNull(store, "store")::grants;
            return this;
        }

        /** Sets the grants that are in force beside those of the store, such as those of a file. Default: none. */
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
         * Returns the API for clients, who authenticate.
         *
         * @param logins the logins of the server
         */
        public MaintenanceApi build(Logins logins) {
            return new MaintenanceApi(
                    new Admission.OfClients(
                            PATH, REALM, Objects.requireNonNull(logins, "logins"), tokens, rights(), listener),
                    routes());
        }

        /**
         * Returns the API for a server without accounts: for programs of the machine that it runs on. A request that comes
         * from elsewhere, through a proxy or from a page in a browser is {@link dev.berth.registry.ErrorCode#DENIED}.
         */
        public MaintenanceApi buildForThisMachine() {
            return new MaintenanceApi(new OfThisMachine(rights()), routes());
        }

        private AllRights rights() {
            return new AllRights(stored, configured);
        }

        private List<Route> routes() {
            ChangeAudit told = new ChangeAudit(listener, clock, "");
            List<Route> routes = new ArrayList<>(new StatusResource(hosted).routes());
            routes.addAll(new CollectionResource(hosted.maintenance(), told).routes());
            routes.addAll(new ScrubResource(hosted.maintenance(), told).routes());
            routes.addAll(new TrashResource(hosted, AuditListener.guarded(listener)).routes());
            routes.addAll(new StorageResource(hosted, clock).routes());
            routes.addAll(new AuditResource(hosted.auditStore()).routes());
            return List.copyOf(routes);
        }
    }
}
