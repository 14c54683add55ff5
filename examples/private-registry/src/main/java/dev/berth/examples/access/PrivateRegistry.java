package dev.berth.examples.access;

import dev.berth.registry.Registry;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.account.store.AccountChanges;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.account.store.NewSecret;
import dev.berth.registry.account.store.StoredKeys;
import dev.berth.registry.audit.AuditLog;
import dev.berth.registry.control.AccessControl;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.fs.FileObjectStore;
import dev.berth.registry.token.TokenOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Hosts a registry with public and private repositories, two teams and a robot, in a directory. */
public final class PrivateRegistry implements AutoCloseable {
    private final Registry registry;
    private final AccountStore accounts;
    private final AccessControl access;

    private PrivateRegistry(ObjectStore store) {
        registry = StorageRegistry.over(store);
        accounts = AccountStore.over(store);
        access = AccessControl.builder(registry)
                .store(accounts)
                .listener(AuditLog.toLogger())
                .tokens(TokenOptions.builder("registry.example.com", StoredKeys.over(store))
                        .build())
                .build();
    }

    /** Serves a directory on a port until it is ended. The arguments: the directory, the port, passwords for two people. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (var store = FileObjectStore.open(Path.of(arguments[0]));
                var hosted = open(store, arguments[2], arguments[3]);
                var server = hosted.server(Integer.parseInt(arguments[1])).start()) {
            System.out.println("Serving at " + server.uri());
            Thread.currentThread().join();
        }
    }

    /** Opens a registry over a store; the first time, with accounts in it. */
    static PrivateRegistry open(ObjectStore store, String alicesPassword, String bobsPassword) {
        var hosted = new PrivateRegistry(store);
        if (hosted.accounts.isEmpty()) {
            hosted.addTeams(alicesPassword, bobsPassword);
        }
        return hosted;
    }

    /** Everyone may pull tools, and the platform team pushes them. What belongs to the shop is for its team. */
    private void addTeams(String alicesPassword, String bobsPassword) {
        AccountChanges changes = changes();
        changes.addPerson("alice", alicesPassword);
        changes.addPerson("bob", bobsPassword);
        changes.addTeam("platform");
        changes.addTeamMember("platform", Grantee.user("alice"));
        changes.addTeam("shop/developers");
        changes.addTeamMember("shop/developers", Grantee.user("bob"));

        changes.grant(new Grant(Grantee.everyone(), NamePattern.parse("tools/**"), Role.READER));
        changes.grant(new Grant(Grantee.group("platform"), NamePattern.parse("tools/**"), Role.MAINTAINER));
        changes.addOrganisation("shop");
        changes.setMember("shop", Grantee.group("shop/developers"), Role.WRITER);
    }

    /** Makes a robot for the builds of the shop: shop+ci, until it expires. Its secret is shown this once. */
    NewSecret addBuildRobot() {
        var inAYear = Instant.now().plus(Duration.ofDays(365));
        return changes()
                .addRobot("shop", "ci", List.of(NamePattern.parse("shop/**")), Role.WRITER, Optional.of(inAYear));
    }

    AccountChanges changes() {
        return accounts.changesBy("operator", AuditLog.toLogger());
    }

    RegistryServer server(int port) {
        return access.server().listen("127.0.0.1", port).build();
    }

    @Override
    public void close() {
        accounts.close();
        registry.close();
    }
}
