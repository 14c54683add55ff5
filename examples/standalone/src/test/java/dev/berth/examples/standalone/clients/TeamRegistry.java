package dev.berth.examples.standalone.clients;

import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.Grants;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.account.HtpasswdFile;
import dev.berth.registry.account.store.AccountChanges;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.account.store.AccountStoreOptions;
import dev.berth.registry.account.store.StoredKeys;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.control.AccessControl;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.token.TokenOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A server with a public repository, one that a team pushes to, and one that nobody may see. */
final class TeamRegistry implements AutoCloseable {
    static final String PUBLIC = "library/tool";
    static final String TEAM = "acme/app";
    static final String SECRET = "secret/app";

    private static final List<NamePattern> TEAMS_REPOSITORIES = List.of(NamePattern.parse("acme/**"));
    private static final String PASSWORD = "correct horse battery staple";
    private static final String HTPASSWD = "alice:$2y$04$rUm/o/8gA0HbOCZY9CEbeeybxEqm5CtsEC/jsFPDY68AOLWZZNl6a\n";

    private final MemoryObjectStore store = MemoryObjectStore.create();
    private final Registry registry = StorageRegistry.over(store);
    private final AccountStore accounts = AccountStore.over(
            store, AccountStoreOptions.builder().passwordCost(4).build());
    private final AccountChanges changes = accounts.changesBy("operator", AuditListener.none());
    private final Path htpasswd;
    private final Credential credential;
    private final String password;
    private RegistryServer server;

    TeamRegistry(Credential credential, Path directory) throws IOException {
        this.credential = credential;
        for (String name : List.of(PUBLIC, TEAM, SECRET)) {
            new SampleImages(name.hashCode())
                    .image(registry.repository(RepositoryName.parse(name)), List.of(1000, 2000), Tag.parse("1"));
        }
        this.htpasswd = Files.writeString(directory.resolve("htpasswd"), HTPASSWD);
        addTeam();
        this.password = newPassword();
        this.server = start(0);
    }

    private void addTeam() {
        changes.addPerson("alice", PASSWORD);
        changes.addTeam("dev");
        changes.addTeamMember("dev", Grantee.user("alice"));
        changes.addOrganisation("acme");
        changes.setMember("acme", Grantee.group("dev"), Role.WRITER);
        changes.grant(new Grant(Grantee.everyone(), NamePattern.parse("library/**"), Role.READER));
    }

    private String newPassword() {
        return switch (credential) {
            case HTPASSWD, PASSWORD -> PASSWORD;
            case ROBOT ->
                changes.addRobot("acme", "ci", TEAMS_REPOSITORIES, Role.WRITER, Optional.empty())
                        .secret();
            case PERSONAL_TOKEN ->
                changes.addPersonalToken("alice", "pulls", TEAMS_REPOSITORIES, Role.READER, Optional.empty())
                        .secret();
        };
    }

    private RegistryServer start(int port) throws IOException {
        var access = credential.isForTokens()
                ? AccessControl.builder(registry)
                        .store(accounts)
                        .tokens(TokenOptions.builder("registry.test", StoredKeys.over(store))
                                .build())
                : AccessControl.builder(registry)
                        .accounts(HtpasswdFile.open(htpasswd))
                        .policy(Grants.of(new Grant(Grantee.authenticated(), NamePattern.all(), Role.ADMIN)))
                        .passwords("Registry");
        return access.build().server().listen("127.0.0.1", port).build().start();
    }

    /** Starts another server over the same store, which has content, accounts and keys, at the same address. */
    void restart() throws IOException {
        int port = server.address().getPort();
        server.close();
        server = start(port);
    }

    /** Gives alice another password. */
    void changePassword() {
        changes.setPassword("alice", "another password");
    }

    String password() {
        return password;
    }

    boolean has(String repository, String tag) {
        return registry.repository(RepositoryName.parse(repository))
                .manifests()
                .find(Tag.parse(tag))
                .isPresent();
    }

    String host() {
        return "127.0.0.1:" + server.address().getPort();
    }

    @Override
    public void close() {
        server.close();
        accounts.close();
        registry.close();
        store.close();
    }
}
