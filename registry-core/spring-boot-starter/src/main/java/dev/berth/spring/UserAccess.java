package dev.berth.spring;

import dev.berth.registry.access.AccessPolicy;
import dev.berth.registry.access.Grants;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.RequestViews;
import dev.berth.registry.access.Role;
import dev.berth.registry.account.store.StoredKeys;
import dev.berth.registry.control.AccessControl;
import dev.berth.registry.control.AccessControlBuilder;
import dev.berth.registry.server.Authenticator;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.token.SigningKey;
import dev.berth.registry.token.TokenOptions;
import java.util.List;
import java.util.function.Supplier;

/** Access for the users of Spring Security. */
final class UserAccess implements RegistryAccess, ShownAccess {
    private final BerthProperties properties;
    private final ObjectStore store;
    private final UserAccounts accounts;
    private final Grants rights;
    private volatile Authenticator authenticator = Authenticator.none();

    UserAccess(BerthProperties properties, ObjectStore store, UserAccounts accounts) {
        this.properties = properties;
        this.store = store;
        this.accounts = accounts;
        this.rights = Rights.of(properties.access());
    }

    @Override
    public Authenticator authenticator() {
        return authenticator;
    }

    @Override
    public AccessPolicy policy() {
        return rights;
    }

    @Override
    public boolean administers(Caller caller) {
        return rights.gives(caller, Role.ADMIN, NamePattern.all());
    }

    @Override
    public RegistryServer.Builder server(RequestViews views) {
        BerthProperties.Access access = properties.access();
        AccessControlBuilder builder =
                AccessControl.builder(views).accounts(accounts).grants(rights);
        if (access.login() == BerthProperties.Login.TOKENS && accounts.canFind()) {
            builder.tokens(TokenOptions.builder(access.service(), keys())
                    .path(properties.path() + RegistryPaths.TOKENS)
                    .build());
        } else {
            builder.passwords(access.service());
        }
        AccessControl control = builder.build();
        Authenticator principals = new PrincipalAuthenticator(control.authenticator());
        authenticator = principals;
        RegistryServer.Builder server =
                RegistryServer.builder(control.resolver()).authenticator(principals);
        control.routes().forEach(server::route);
        return server;
    }

    /** Returns keys of the store, so that a token is good at every node, and after a restart. */
    private Supplier<List<SigningKey>> keys() {
        if (properties.readOnly()) {
            List<SigningKey> own = List.of(SigningKey.generate());
            return () -> own;
        }
        return StoredKeys.over(store);
    }
}
