package dev.berth.registry.webhook.api;

import dev.berth.registry.access.Grants;
import dev.berth.registry.account.Logins;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.internal.management.Admission;
import dev.berth.registry.internal.management.AllRights;
import dev.berth.registry.internal.management.ChangeAudit;
import dev.berth.registry.internal.management.ManagementApi;
import dev.berth.registry.internal.management.Route;
import dev.berth.registry.server.Authenticator;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.webhook.Webhooks;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Manages webhooks over HTTP, in JSON. Thread-safe.
 *
 * <pre>{@code
 * RegistryServer.builder(resolver)
 *         .route(WebhookApi.PATH, WebhookApi.builder(webhooks, logins).store(accounts).build())
 * }</pre>
 *
 * <p>It takes the credentials that the {@linkplain dev.berth.registry.account.api.AccountApi management of accounts} takes: a
 * robot, a personal token, or a token that was asked for to pull and push manages nothing. Rights are those of the time of
 * the request:
 *
 * <ul>
 *   <li>Whoever has the role {@code ADMIN} in every repository ({@code **}) manages all webhooks.
 *   <li>Whoever has the role {@code ADMIN} in a pattern, such as {@code acme/**}, manages the webhooks all of whose
 *       repositories are within it, and sees no others. The names of those that they add begin with the first part of the
 *       pattern and a dot, {@code acme.deploy}, so that nobody learns of the names of others.
 *   <li>A webhook of the configuration is seen, tested and enabled, and its dead letters are sent again, by these as well.
 *       Nobody changes it here.
 * </ul>
 *
 * <p>Others get the same refusal for what exists and for what does not. Of an URL only scheme, host and port are shown, of
 * header fields only the names, of secrets only the number; one that is made here is in the answer to that request, and
 * nowhere else. What a receiver does is not shown, so that a webhook is no way to look around in a network: a test says
 * whether the message was delivered. No answer may be cached, and there are no cookies.
 *
 * @since 0.1
 */
public final class WebhookApi implements RegistryHandler {
    /** The prefix of its addresses, for {@link dev.berth.registry.server.RegistryServer.Builder#route}. */
    public static final String PATH = "/berth/webhooks/";

    private static final String REALM = "Registry webhooks";

    private final ManagementApi api;

    private WebhookApi(Admission admission, List<Route> routes) {
        this.api = new ManagementApi(PATH, "webhooks", admission, routes);
    }

    /**
     * Returns a builder.
     *
     * @param webhooks the webhooks to manage, which are not closed
     * @param logins the logins of the server
     */
    public static Builder builder(Webhooks webhooks, Logins logins) {
        return new Builder(webhooks, logins);
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
        private final Webhooks webhooks;
        private final Logins logins;
        private AuditListener listener = AuditListener.none();
        private Supplier<Grants> stored = Grants::of;
        private Supplier<Grants> configured = Grants::of;
        private @Nullable Authenticator tokens;
        private EndpointLimits limits = new EndpointLimits(20, 200);
        private InstantSource clock = InstantSource.system();

        private Builder(Webhooks webhooks, Logins logins) {
            this.webhooks = Objects.requireNonNull(webhooks, "webhooks");
            this.logins = Objects.requireNonNull(logins, "logins");
        }

        /** Sets what is told of changes, tests and refusals. Default: nothing. */
        public Builder listener(AuditListener newListener) {
            this.listener = Objects.requireNonNull(newListener, "newListener");
            return this;
        }

        /** Sets the store whose grants say who manages what. Default: none. */
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
         * Sets how many webhooks there may be when one is added. Nodes that add at the same time may exceed it by their
         * number.
         *
         * @param inPattern within each pattern that the one who adds it administers, unless that is {@code **}. 20 by
         *     default
         * @param inAll in the registry, those of the configuration included. 200 by default
         * @throws IllegalArgumentException if a number is negative
         */
        public Builder limits(int inPattern, int inAll) {
            this.limits = new EndpointLimits(inPattern, inAll);
            return this;
        }

        /** Sets the clock of audit events and of the limit for tests. */
        public Builder clock(InstantSource newClock) {
            this.clock = Objects.requireNonNull(newClock, "newClock");
            return this;
        }

        /** Returns the API. */
        public WebhookApi build() {
            AllRights rights = new AllRights(stored, configured);
            ManagedEndpoints managed = new ManagedEndpoints(webhooks);
            Changes changes = new Changes(webhooks, managed, new ChangeAudit(listener, clock, "webhook:"));
            List<Route> routes = Stream.of(
                            new EndpointsResource(webhooks, managed, changes, limits).routes(),
                            new SecretsResource(changes).routes(),
                            new DeliveryResource(webhooks, managed, new TestLimit(clock), changes.told()).routes(),
                            new DeadLettersResource(webhooks, managed, changes.told()).routes())
                    .flatMap(List::stream)
                    .toList();
            return new WebhookApi(new Admission.OfClients(PATH, REALM, logins, tokens, rights, listener), routes);
        }
    }
}
