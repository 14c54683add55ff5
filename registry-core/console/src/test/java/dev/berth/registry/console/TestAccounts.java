package dev.berth.registry.console;

import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.account.store.AccountChanges;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.account.store.AccountStoreOptions;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.console.account.AccountPart;
import dev.berth.registry.control.AccessControl;
import dev.berth.registry.control.AccessControlBuilder;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.session.SessionOptions;
import dev.berth.registry.session.Sessions;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * A console in which one signs in. {@code root} administers everything, {@code alice} pushes to {@code dev/**}; the password of
 * each is the name, twice.
 */
public final class TestAccounts implements AutoCloseable {
    private final MemoryObjectStore store = MemoryObjectStore.create();
    private final List<AuditEvent> events = new CopyOnWriteArrayList<>();
    private final AccountStore accounts = AccountStore.over(
            store, AccountStoreOptions.builder().passwordCost(4).build());
    private final AccountChanges changes = accounts.changesBy("test", AuditListener.none());
    private final AccessControl access;
    private final RegistryServer server;

    private TestAccounts(String path, UnaryOperator<AccessControlBuilder> configuration) throws IOException {
        for (String name : List.of("root", "alice", "bob")) {
            changes.addPerson(name, name + name);
        }
        changes.grant(new Grant(Grantee.user("root"), NamePattern.all(), Role.ADMIN));
        changes.grant(new Grant(Grantee.user("alice"), NamePattern.parse("dev/**"), Role.WRITER));
        var registry = StorageRegistry.over(store);
        this.access = configuration
                .apply(AccessControl.builder(registry)
                        .store(accounts)
                        .tokens("registry.test")
                        .sessions(store, SessionOptions.builder().build())
                        .listener(events::add))
                .build();
        Sessions sessions = access.sessions().orElseThrow();
        Visitors visitors = Visitors.of(access);
        Console console = Console.builder(visitors, ConsoleLists.over(registry, store))
                .mountedAt(path)
                .management(access.routes())
                .part(new AccountPart(sessions, access.signIns()))
                .build();
        this.server = access.server()
                .listen("127.0.0.1", 0)
                .route(console.path(), console)
                .route(ApiRoutes.PATH, console.api())
                .build()
                .start();
    }

    /** Starts one with its pages at the root. */
    public static TestAccounts start() throws IOException {
        return at("/");
    }

    /** Starts one with its pages at a path. */
    public static TestAccounts at(String path) throws IOException {
        return new TestAccounts(path, same -> same);
    }

    /** Starts one with more than one way to sign in. */
    public static TestAccounts with(UnaryOperator<AccessControlBuilder> configuration) throws IOException {
        return new TestAccounts("/pages", configuration);
    }

    /** Returns the address of the server. */
    public URI address() {
        return server.uri();
    }

    /** Returns what changes accounts. */
    public AccountChanges changes() {
        return changes;
    }

    /** Returns the accounts. */
    public AccountStore accounts() {
        return accounts;
    }

    /** Returns the sessions. */
    public Sessions sessions() {
        return access.sessions().orElseThrow();
    }

    /** Returns a browser without cookies. */
    public TestBrowser browser() {
        return new TestBrowser(server.uri());
    }

    @Override
    public void close() {
        server.close();
    }
}
