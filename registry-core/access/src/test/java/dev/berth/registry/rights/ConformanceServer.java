package dev.berth.registry.rights;

import dev.berth.registry.access.Authorized;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.account.Logins;
import dev.berth.registry.account.PasswordAuthenticator;
import dev.berth.registry.account.store.AccountChanges;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.token.SigningKey;
import dev.berth.registry.token.TokenOptions;
import dev.berth.registry.token.TokenService;
import java.io.IOException;
import java.util.List;

/**
 * A server for the conformance tests of the specification, run by hand: {@code token} or {@code basic}, and a port. The user
 * is {@code alice} with the password {@code wonderland}, and a maintainer of everything.
 */
final class ConformanceServer {
    private ConformanceServer() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        MemoryObjectStore store = MemoryObjectStore.create();
        AccountStore accounts = AccountStore.over(store);
        AccountChanges changes = accounts.changesBy("the launcher", AuditListener.none());
        changes.addPerson("alice", "wonderland");
        changes.grant(new Grant(Grantee.user("alice"), NamePattern.all(), Role.MAINTAINER));
        Logins logins = Logins.of(accounts);
        RegistryServer.Builder server = RegistryServer.builder(
                        Authorized.resolver(StorageRegistry.over(store), accounts.policy(), AuditListener.none()))
                .listen("127.0.0.1", Integer.parseInt(arguments[1]));
        if (arguments[0].equals("basic")) {
            server.authenticator(PasswordAuthenticator.of(logins, "Conformance"));
        } else {
            TokenService tokens = TokenService.of(
                    logins,
                    accounts.policy(),
                    TokenOptions.builder("conformance", List.of(SigningKey.generate()))
                            .build());
            server.authenticator(tokens.authenticator()).route("/token", tokens);
        }
        System.out.println("Listening at " + server.build().start().uri());
        Thread.currentThread().join();
    }
}
