package dev.berth.registry.rights;

import dev.berth.registry.Blobs;
import dev.berth.registry.Digest;
import dev.berth.registry.DirectUrl;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.Authorized;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.account.Logins;
import dev.berth.registry.account.store.AccountChanges;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.account.store.AccountStoreOptions;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.compose.ForwardingBlobs;
import dev.berth.registry.compose.ForwardingRegistry;
import dev.berth.registry.compose.ForwardingRepository;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.Authenticator;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.token.SigningKey;
import dev.berth.registry.token.TokenOptions;
import dev.berth.registry.token.TokenService;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** A registry with accounts of all kinds, a token service and a server. */
final class World implements AutoCloseable {
    static final String SERVICE = "registry.test";
    static final SigningKey KEY = SigningKey.generate();

    final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    final AtomicReference<Instant> accountTime = new AtomicReference<>(Instant.now());
    final AccountStore accounts = AccountStore.over(
            MemoryObjectStore.create(),
            AccountStoreOptions.builder()
                    .passwordCost(4)
                    .clock(accountTime::get)
                    .build());
    final List<AuditEvent> events = new CopyOnWriteArrayList<>();
    final Registry registry = StorageRegistry.over(MemoryObjectStore.create());
    final Content content = new Content(registry);
    final Registry direct = new Direct(registry);
    final Authenticator authenticator;
    final TokenService tokens;
    private final RegistryServer server;

    World() throws IOException {
        for (String name : List.of("reader", "writer", "maintainer", "stranger", "owner", "leaver", "sleeper")) {
            changes().addPerson(name, name + "'s password");
        }
        changes().addOrganisation("team");
        changes().setMember("team", Grantee.user("maintainer"), Role.MAINTAINER);
        changes().addOrganisation("secret");
        changes().setMember("secret", Grantee.user("owner"), Role.ADMIN);
        changes().addTeam("writers");
        changes().addTeamMember("writers", Grantee.user("writer"));
        grant(Grantee.group("writers"), "team/**", Role.WRITER);
        grant(Grantee.user("reader"), "team/**", Role.READER);
        grant(Grantee.everyone(), "public/**", Role.READER);
        Logins logins = Logins.of(accounts, events::add);
        TokenOptions options =
                TokenOptions.builder(SERVICE, List.of(KEY)).clock(now::get).build();
        this.tokens = TokenService.of(logins, accounts.policy(), options);
        this.authenticator = tokens.authenticator();
        this.server = RegistryServer.builder(Authorized.resolver(direct, accounts.policy(), events::add))
                .authenticator(authenticator)
                .directDownload((caller, request) ->
                        request.query().filter("direct"::equals).map(any -> Duration.ofMinutes(1)))
                .route("/token", tokens)
                .route("/token/jwks", tokens.keys())
                .listen("127.0.0.1", 0)
                .build()
                .start();
    }

    AccountChanges changes() {
        return accounts.changesBy("admin", events::add);
    }

    private void grant(Grantee grantee, String pattern, Role role) {
        changes().grant(new Grant(grantee, NamePattern.parse(pattern), role));
    }

    /** Returns what a caller sees without HTTP. */
    Registry view(Caller caller) {
        return Authorized.of(direct, caller, accounts.policy(), events::add);
    }

    URI uri() {
        return server.uri();
    }

    RegistryHandler handler() {
        return server.handler();
    }

    @Override
    public void close() {
        server.close();
        accounts.close();
        registry.close();
    }

    /** A registry whose storage can be reached directly. */
    private static final class Direct extends ForwardingRegistry {
        Direct(Registry delegate) {
            super(delegate);
        }

        @Override
        public Repository repository(RepositoryName name) {
            return new ForwardingRepository(super.repository(name)) {
                @Override
                public Blobs blobs() {
                    return new ForwardingBlobs(super.blobs()) {
                        @Override
                        public Optional<DirectUrl> directUrl(Digest digest, Duration validity) {
                            return find(digest)
                                    .map(blob -> new DirectUrl(blob, URI.create("https://storage.test/" + digest)));
                        }
                    };
                }
            };
        }
    }
}
