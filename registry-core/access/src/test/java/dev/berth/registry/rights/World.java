package dev.berth.registry.rights;

import dev.berth.registry.Blobs;
import dev.berth.registry.Digest;
import dev.berth.registry.DirectUrl;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.AccessEvent;
import dev.berth.registry.access.AccessPolicy;
import dev.berth.registry.access.Authorized;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.Grants;
import dev.berth.registry.access.NameLimit;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.NameSet;
import dev.berth.registry.access.Role;
import dev.berth.registry.account.Account;
import dev.berth.registry.account.Logins;
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

    /** Who may what, as the fixture grants it. The matrix has a table of its own to compare it with. */
    private static final AccessPolicy POLICY = Grants.of(
            grant(Grantee.everyone(), "public/**", Role.READER),
            grant(Grantee.user("reader"), "team/**", Role.READER),
            grant(Grantee.user("writer"), "team/**", Role.WRITER),
            grant(Grantee.user("maintainer"), "team/**", Role.MAINTAINER),
            grant(Grantee.user("acme+ci"), "team/**", Role.MAINTAINER),
            grant(Grantee.user("owner"), "secret/**", Role.ADMIN));

    final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    final SecretAccounts accounts = new SecretAccounts();
    final List<AccessEvent> events = new CopyOnWriteArrayList<>();
    final Registry registry = StorageRegistry.over(MemoryObjectStore.create());
    final Content content = new Content(registry);
    final Registry direct = new Direct(registry);
    final Authenticator authenticator;
    final TokenService tokens;
    private final RegistryServer server;

    World() throws IOException {
        for (String name : List.of("reader", "writer", "maintainer", "stranger", "owner", "leaver")) {
            accounts.person(name);
        }
        limited("robot:acme+ci", "acme+ci", "robot secret", "team/app", Role.WRITER);
        limited("robot:acme+old", "acme+old", "old secret", "team/app", Role.WRITER);
        limited("token:1", "maintainer", "personal secret", "**", Role.READER);
        limited("token:2", "maintainer", "revoked secret", "**", Role.READER);
        Logins logins = Logins.of(accounts, events::add);
        TokenOptions options =
                TokenOptions.builder(SERVICE, List.of(KEY)).clock(now::get).build();
        this.tokens = TokenService.of(logins, POLICY, options);
        this.authenticator = tokens.authenticator();
        this.server = RegistryServer.builder(Authorized.resolver(direct, POLICY, events::add))
                .authenticator(authenticator)
                .directDownload((caller, request) -> request.query().filter("direct"::equals).map(any -> Duration.ofMinutes(1)))
                .route("/token", tokens)
                .route("/token/jwks", tokens.keys())
                .listen("127.0.0.1", 0)
                .build()
                .start();
    }

    private static Grant grant(Grantee grantee, String pattern, Role role) {
        return new Grant(grantee, NamePattern.parse(pattern), role);
    }

    private void limited(String subject, String name, String secret, String pattern, Role role) {
        Caller caller = Caller.builder(name)
                .limit(new NameLimit(NameSet.of(List.of(NamePattern.parse(pattern))), role))
                .build();
        accounts.add(name, secret, new Account(caller, subject, "1"));
    }

    /** Returns what a caller sees without HTTP. */
    Registry view(Caller caller) {
        return Authorized.of(direct, caller, POLICY, events::add);
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
