package dev.berth.spring;

import dev.berth.registry.access.RequestViews;
import dev.berth.registry.account.store.StoredKeys;
import dev.berth.registry.control.AccessControl;
import dev.berth.registry.control.AccessControlBuilder;
import dev.berth.registry.server.Authenticator;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.token.SigningKey;
import dev.berth.registry.token.TokenOptions;
import java.util.List;
import java.util.function.Supplier;

/** Access for the users of Spring Security. */
final class UserAccess implements RegistryAccess {
    private final BerthProperties properties;
    private final ObjectStore store;
    private final UserAccounts accounts;

    UserAccess(BerthProperties properties, ObjectStore store, UserAccounts accounts) {
        this.properties = properties;
        this.store = store;
        this.accounts = accounts;
    }

    @Override
    public RegistryServer.Builder server(RequestViews views) {
        BerthProperties.Access access = properties.access();
        AccessControlBuilder builder =
                AccessControl.builder(views).accounts(accounts).grants(Rights.of(access));
        if (access.login() == BerthProperties.Login.TOKENS && accounts.canFind()) {
            builder.tokens(TokenOptions.builder(access.service(), keys())
                    .path(properties.path() + RegistryPaths.TOKENS)
                    .build());
        } else {
            builder.passwords(access.service());
        }
        AccessControl control = builder.build();
        Authenticator principals = new PrincipalAuthenticator(control.authenticator());
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
