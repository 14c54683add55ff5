package dev.berth.registry.session;

import dev.berth.registry.RegistryException;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.account.store.AccountChanges;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.account.store.AccountStoreOptions;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.certificates.TestCertificate;
import dev.berth.registry.control.AccessControl;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.server.RequestedAccess;
import dev.berth.registry.server.ResponseBody;
import dev.berth.registry.server.TlsOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Servers over one store. {@code root} administers everything, {@code alice} pushes to {@code dev/**}; the password of each is
 * the name, twice. Beside what every server has, {@code /test/} signs in and out, and says who somebody is.
 */
final class SessionServers implements AutoCloseable {
    static final char[] PASSWORD = "password".toCharArray();
    static final TestCertificate CERTIFICATE =
            TestCertificate.named("server").dns("localhost").selfSigned();

    final MemoryObjectStore store = MemoryObjectStore.create();
    final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    final List<AuditEvent> events = new CopyOnWriteArrayList<>();
    final AccountStore accounts = accounts();
    final AccountChanges changes = accounts.changesBy("test", AuditListener.none());
    private final List<AutoCloseable> opened = new ArrayList<>();

    /** A server, and its access control. */
    record Node(RegistryServer server, AccessControl access) {
        URI uri() {
            return server.uri();
        }

        Sessions sessions() {
            return access.sessions().orElseThrow();
        }
    }

    SessionServers() {
        for (String name : List.of("root", "alice", "bob")) {
            changes.addPerson(name, name + name);
        }
        changes.grant(new Grant(Grantee.user("root"), NamePattern.all(), Role.ADMIN));
        changes.grant(new Grant(Grantee.user("alice"), NamePattern.parse("dev/**"), Role.WRITER));
    }

    private AccountStore accounts() {
        return AccountStore.over(
                store,
                AccountStoreOptions.builder()
                        .passwordCost(4)
                        .clock(() -> now.get())
                        .build());
    }

    SessionOptions.Builder options() {
        return SessionOptions.builder().clock(now::get);
    }

    void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    /** Starts a server that shares the accounts of the test, so that changes count at once. */
    Node start() throws IOException {
        return start(options().build(), accounts, false);
    }

    Node start(SessionOptions options) throws IOException {
        return start(options, accounts, false);
    }

    Node startTls(SessionOptions options) throws IOException {
        return start(options, accounts, true);
    }

    /** Starts a server that knows the accounts by the store only, as one on another machine does. */
    Node startElsewhere() throws IOException {
        return start(options().build(), accounts(), false);
    }

    private Node start(SessionOptions options, AccountStore known, boolean tls) throws IOException {
        AccessControl access = AccessControl.builder(StorageRegistry.over(store))
                .store(known)
                .tokens("registry.test")
                .sessions(store, options)
                .listener(events::add)
                .build();
        RegistryServer.Builder server = access.server()
                .listen("127.0.0.1", 0)
                .route("/test/sign-in", request -> signIn(access, request))
                .route(
                        "/test/sign-out",
                        request ->
                                answer(200, "", access.sessions().orElseThrow().signOut(request)))
                .route("/test/who", request -> who(access, request));
        if (tls) {
            server.tls(TlsOptions.keyStore(keyStore(), PASSWORD));
        }
        RegistryServer started = server.build().start();
        opened.add(started);
        return new Node(started, access);
    }

    private static RegistryResponse signIn(AccessControl access, RegistryRequest request) throws IOException {
        String[] credentials = new String(request.body().readAllBytes(), StandardCharsets.UTF_8).split(":", 2);
        NewSession session = access.sessions().orElseThrow().signIn(credentials[0], credentials[1], request);
        return answer(200, session.session().id(), session.cookie());
    }

    private static RegistryResponse who(AccessControl access, RegistryRequest request) {
        RequestedAccess asked = RequestedAccess.route("/test/who");
        Caller caller = access.authenticator().authenticate(request, asked);
        String formToken = access.sessions()
                .orElseThrow()
                .find(request)
                .map(OpenSession::formToken)
                .orElse("");
        return answer(200, caller.name() + " " + caller.isWithinLimit(asked) + " " + formToken, "");
    }

    private static RegistryResponse answer(int status, String text, String cookie) {
        RegistryResponse.Builder response = RegistryResponse.builder(status);
        if (!cookie.isEmpty()) {
            response.header("Set-Cookie", cookie);
        }
        return response.body(ResponseBody.of(text.getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    private static KeyStore keyStore() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "own", CERTIFICATE.keys().getPrivate(), PASSWORD, new Certificate[] {CERTIFICATE.certificate()});
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns what a refusal says. */
    static String message(RegistryException e) {
        return e.errors().get(0).message();
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }
}
