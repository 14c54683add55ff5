package dev.berth.examples.standalone.clients;

import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.Grants;
import dev.berth.registry.access.NameLimit;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.NameSet;
import dev.berth.registry.access.Role;
import dev.berth.registry.access.Teams;
import dev.berth.registry.account.Account;
import dev.berth.registry.account.Accounts;
import dev.berth.registry.account.HtpasswdFile;
import dev.berth.registry.control.AccessControl;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.token.SigningKey;
import dev.berth.registry.token.TokenOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A server with a public repository, one that a team pushes to, and one that nobody may see. */
final class TeamRegistry implements AutoCloseable {
    static final String PUBLIC = "library/tool";
    static final String TEAM = "acme/app";
    static final String SECRET = "secret/app";

    private static final String PASSWORD = "correct horse battery staple";
    private static final String ALICE = "alice:$2y$04$rUm/o/8gA0HbOCZY9CEbeeybxEqm5CtsEC/jsFPDY68AOLWZZNl6a\n";
    private static final String ALICE_WITH_ANOTHER_PASSWORD =
            "alice:$2y$04$VJXkYwAQ6I4qaH.eQasDtuFBr3kNlDXB3HeYbvaFKurF9OFTf.VWK\n";

    private final Registry registry = StorageRegistry.over(MemoryObjectStore.create());
    private final List<SigningKey> keys = List.of(SigningKey.generate());
    private final Path htpasswd;
    private final Credential credential;
    private RegistryServer server;

    TeamRegistry(Credential credential, Path directory) throws IOException {
        this.credential = credential;
        for (String name : List.of(PUBLIC, TEAM, SECRET)) {
            new SampleImages(name.hashCode())
                    .image(registry.repository(RepositoryName.parse(name)), List.of(1000, 2000), Tag.parse("1"));
        }
        this.htpasswd = Files.writeString(directory.resolve("htpasswd"), ALICE);
        this.server = start(0);
    }

    private RegistryServer start(int port) throws IOException {
        AccessControl.Builder access =
                AccessControl.builder(registry).accounts(HtpasswdFile.open(htpasswd)).accounts(machines());
        if (credential.isForTokens()) {
            access.policy(policy()).tokens(TokenOptions.builder("registry.test", keys).build());
        } else {
            access.policy(Grants.of(new Grant(Grantee.authenticated(), NamePattern.all(), Role.ADMIN)))
                    .passwords("Registry");
        }
        return access.build().server().listen("127.0.0.1", port).build().start();
    }

    private static Grants policy() {
        Teams teams = Teams.of(Map.of("dev", Set.of(Grantee.user("alice"), Grantee.user("acme+ci"))));
        return Grants.of(
                teams,
                List.of(
                        new Grant(Grantee.everyone(), NamePattern.parse("library/**"), Role.READER),
                        new Grant(Grantee.group("dev"), NamePattern.parse("acme/**"), Role.WRITER)));
    }

    private Accounts machines() {
        return new Accounts() {
            @Override
            public Optional<Account> authenticate(String name, String password) {
                if (credential == Credential.HTPASSWD
                        || credential == Credential.PASSWORD
                        || !name.equals(credential.user())
                        || !password.equals(PASSWORD)) {
                    return Optional.empty();
                }
                return find(credential == Credential.PERSONAL_TOKEN ? "token:1" : name);
            }

            @Override
            public Optional<Account> find(String subject) {
                Caller.Builder caller = Caller.builder(credential.user());
                if (credential == Credential.ROBOT || credential == Credential.PERSONAL_TOKEN) {
                    caller.limit(new NameLimit(
                            NameSet.of(List.of(NamePattern.parse("acme/**"))),
                            credential.mayPush() ? Role.WRITER : Role.READER));
                }
                return Optional.of(new Account(caller.build(), subject, "1"));
            }
        };
    }

    /** Starts another server with the same content, accounts and keys at the same address. */
    void restart() throws IOException {
        int port = server.address().getPort();
        server.close();
        server = start(port);
    }

    /** Gives alice another password. */
    void changePassword() throws IOException {
        Files.writeString(htpasswd, ALICE_WITH_ANOTHER_PASSWORD);
    }

    String password() {
        return PASSWORD;
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
        registry.close();
    }
}
