package dev.berth.registry.control;

import dev.berth.registry.Registry;
import dev.berth.registry.access.AccessListener;
import dev.berth.registry.access.AccessPolicy;
import dev.berth.registry.access.Authorized;
import dev.berth.registry.account.Accounts;
import dev.berth.registry.account.Logins;
import dev.berth.registry.account.PasswordAuthenticator;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.server.Authenticator;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryResolver;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.token.SigningKey;
import dev.berth.registry.token.TokenOptions;
import dev.berth.registry.token.TokenService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A registry behind access control: who the callers are, what they may do, and how they log in.
 *
 * <pre>{@code
 * AccessControl access = AccessControl.builder(registry)
 *         .store(AccountStore.over(objects))
 *         .policy(Grants.of(new Grant(Grantee.everyone(), NamePattern.parse("public/**"), Role.READER)))
 *         .tokens("registry.example.com")
 *         .build();
 * RegistryServer server = access.server().listen("127.0.0.1", 5000).build().start();
 * }</pre>
 *
 * <p>Accounts and policies of several sources add up: whoever is known to one of them may log in, and may do what one of the
 * policies allows. Whoever no policy names may do nothing. Rights are checked at each request, as they are then. Thread-safe.
 *
 * @since 0.1
 */
public final class AccessControl {
    private final Registry registry;
    private final Accounts accounts;
    private final AccessPolicy policy;
    private final Authenticator authenticator;
    private final Map<String, RegistryHandler> routes;

    private AccessControl(Builder builder) {
        Function<AccessControl, Authenticator> way = builder.way;
        if (way == null) {
            throw new IllegalStateException(
                    "Nobody could log in: choose tokens, passwords or an authenticator of your own");
        }
        this.registry = builder.registry;
        this.accounts = Accounts.anyOf(builder.accounts);
        this.policy = AccessPolicy.anyOf(builder.policies);
        this.routes = new LinkedHashMap<>();
        this.authenticator = way.apply(this);
    }

    /** Returns a builder for the access control of a registry, which is not closed by it. */
    public static Builder builder(Registry registry) {
        return new Builder(registry);
    }

    /** Returns a builder for a server with this access control. What is left is where to listen, and limits. */
    public RegistryServer.Builder server() {
        RegistryServer.Builder server = RegistryServer.builder(resolver()).authenticator(authenticator);
        routes.forEach(server::route);
        return server;
    }

    /** Returns what finds the registry for a caller: as the caller may see it. */
    public RegistryResolver resolver() {
        return (caller, access, request) -> registryFor(caller);
    }

    /** Returns the registry as a caller may see it, for use in this process. */
    public Registry registryFor(Caller caller) {
        return Authorized.of(registry, caller, policy);
    }

    /** Returns what authenticates requests. */
    public Authenticator authenticator() {
        return authenticator;
    }

    /** Returns the handlers beside the API by their paths: those of the token service. */
    public Map<String, RegistryHandler> routes() {
        return Map.copyOf(routes);
    }

    /** Returns all accounts. */
    public Accounts accounts() {
        return accounts;
    }

    /** Returns what all policies allow together. */
    public AccessPolicy policy() {
        return policy;
    }

    /**
     * Builds access control. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private final Registry registry;
        private final List<Accounts> accounts = new ArrayList<>();
        private final List<AccessPolicy> policies = new ArrayList<>();
        private AccessListener listener = AccessListener.none();
        private @Nullable Function<AccessControl, Authenticator> way;

        private Builder(Registry registry) {
            this.registry = Objects.requireNonNull(registry, "registry");
        }

        /** Adds accounts, after those that were added before. */
        public Builder accounts(Accounts source) {
            accounts.add(Objects.requireNonNull(source, "source"));
            return this;
        }

        /** Adds a policy. */
        public Builder policy(AccessPolicy source) {
            policies.add(Objects.requireNonNull(source, "source"));
            return this;
        }

        /** Adds the accounts of a store, and the rights that they have in it. */
        public Builder store(AccountStore store) {
            return accounts(store).policy(store.policy());
        }

        /** Sets what is told of logins, refusals and changes. Default: nothing. */
        public Builder listener(AccessListener newListener) {
            this.listener = Objects.requireNonNull(newListener, "newListener");
            return this;
        }

        /**
         * Lets callers log in for tokens, which is what a registry with public and private repositories needs. The keys are
         * those of the store; without a store, they are made now and tokens end with this process.
         *
         * @param service the name of the registry in challenges and tokens
         */
        public Builder tokens(String service) {
            return tokens(TokenOptions.builder(service, List.of(SigningKey.generate()))
                    .build());
        }

        /** Lets callers log in for tokens, as {@link #tokens(String)} does, with these options. */
        public Builder tokens(TokenOptions options) {
            return way(access -> {
                TokenService tokens = TokenService.of(Logins.of(access.accounts), access.policy, options);
                access.routes.put("/token", tokens);
                access.routes.put("/token/jwks", tokens.keys());
                return tokens.authenticator();
            });
        }

        /** Lets callers send name and password with each request (Basic authentication). Then nothing is public. */
        public Builder passwords(String realm) {
            return way(access -> PasswordAuthenticator.of(Logins.of(access.accounts), realm));
        }

        /** Lets something else tell who the callers are, such as the tokens of another service. */
        public Builder authenticator(Authenticator authenticator) {
            Objects.requireNonNull(authenticator, "authenticator");
            return way(access -> authenticator);
        }

        private Builder way(Function<AccessControl, Authenticator> newWay) {
            if (way != null) {
                throw new IllegalStateException("There is one way to log in: tokens, passwords or an authenticator");
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
            return new AccessControl(this);
        }
    }
}
