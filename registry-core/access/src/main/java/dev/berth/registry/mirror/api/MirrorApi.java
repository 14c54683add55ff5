package dev.berth.registry.mirror.api;

import dev.berth.registry.access.Grants;
import dev.berth.registry.account.Logins;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.internal.management.Admission;
import dev.berth.registry.internal.management.AllRights;
import dev.berth.registry.internal.management.ManagementApi;
import dev.berth.registry.internal.management.OfThisMachine;
import dev.berth.registry.internal.management.Route;
import dev.berth.registry.mirror.replication.Replication;
import dev.berth.registry.server.Authenticator;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells over HTTP, in JSON, how mirrors and replication are, and begins comparisons. Thread-safe.
 *
 * <pre>{@code
 * RegistryServer.builder(resolver)
 *         .route(MirrorApi.PATH, MirrorApi.builder().mirrors(mirrors).build(logins))
 * }</pre>
 *
 * <p>It takes the credentials that the {@linkplain dev.berth.registry.account.api.AccountApi management of accounts} takes.
 * Whoever has the role {@code ADMIN} in all repositories of a mirror sees that mirror; whoever has it in every repository
 * ({@code **}) sees replication as well, and begins comparisons. A server without accounts has {@link Builder#buildForThisMachine}.
 *
 * <p>To bring an image into a mirror there is no address here: whoever may pull it through the mirror pulls it. The last byte of
 * each blob ({@code Range}) arrives when the whole blob is here and verified.
 *
 * @since 0.1
 */
public final class MirrorApi implements RegistryHandler {
    /** The prefix of its addresses, for {@link dev.berth.registry.server.RegistryServer.Builder#route}. */
    public static final String PATH = "/berth/mirrors/";

    private static final String REALM = "Registry mirrors";

    private final ManagementApi api;

    private MirrorApi(Admission admission, List<Route> routes) {
        this.api = new ManagementApi(PATH, "mirrors", admission, routes);
    }

    /** Returns a builder, without mirrors and without replication. */
    public static Builder builder() {
        return new Builder();
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
        private List<ServedMirror> mirrors = List.of();
        private List<Replication> replications = List.of();
        private Executor executor = Runnable::run;
        private InstantSource clock = InstantSource.system();
        private AuditListener listener = AuditListener.none();
        private Supplier<Grants> stored = Grants::of;
        private Supplier<Grants> configured = Grants::of;
        private @Nullable Authenticator tokens;

        private Builder() {}

        /** Sets the mirrors, which are not closed. Default: none. */
        public Builder mirrors(List<ServedMirror> newMirrors) {
            this.mirrors = List.copyOf(newMirrors);
            return this;
        }

        /**
         * Sets the replication, which is not closed. Default: none.
         *
         * @param newReplications one for each group of rules
         * @param newExecutor makes comparisons that are begun over HTTP, which may take long
         */
        public Builder replication(List<Replication> newReplications, Executor newExecutor) {
            this.replications = List.copyOf(newReplications);
            this.executor = Objects.requireNonNull(newExecutor, "newExecutor");
            return this;
        }

        /** Sets the clock that says how late a replication is. */
        public Builder clock(InstantSource newClock) {
            this.clock = Objects.requireNonNull(newClock, "newClock");
            return this;
        }

        /** Sets what is told of refusals, and of comparisons that somebody begins. Default: nothing. */
        public Builder listener(AuditListener newListener) {
            this.listener = Objects.requireNonNull(newListener, "newListener");
            return this;
        }

        /** Sets the store whose grants say who sees what. Default: none. */
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
        public MirrorApi build(Logins logins) {
            return new MirrorApi(
                    new Admission.OfClients(
                            PATH,
                            REALM,
                            Objects.requireNonNull(logins, "logins"),
                            tokens,
                            new AllRights(stored, configured),
                            listener),
                    routes());
        }

        /**
         * Returns the API for a server without accounts: for programs of the machine that it runs on. A request that comes
         * from elsewhere, through a proxy or from a page in a browser is {@link dev.berth.registry.ErrorCode#DENIED}.
         */
        public MirrorApi buildForThisMachine() {
            return new MirrorApi(new OfThisMachine(new AllRights(stored, configured)), routes());
        }

        private List<Route> routes() {
            List<Route> routes = new ArrayList<>(new MirrorResource(mirrors).routes());
            routes.addAll(new ReplicationResource(replications, executor, clock, listener).routes());
            return List.copyOf(routes);
        }
    }
}
