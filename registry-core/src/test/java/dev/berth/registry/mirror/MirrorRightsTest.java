package dev.berth.registry.mirror;

import static dev.berth.registry.mirror.Mirrored.LATEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.access.AccessPolicy;
import dev.berth.registry.access.Authorized;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.audit.AuditOrigin;
import dev.berth.registry.audit.Audited;
import dev.berth.registry.client.RemoteOptions;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.client.RetryPolicy;
import dev.berth.registry.client.credentials.CredentialStore;
import dev.berth.registry.client.credentials.Credentials;
import dev.berth.registry.client.fixtures.ScriptedServer;
import dev.berth.registry.client.fixtures.ScriptedServer.Answer;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * Who gets what: a mirror shows nothing that its caller may not see now, whatever it has seen before, and gives the
 * credentials for its upstream registry to nobody else.
 */
class MirrorRightsTest {
    private static void fails(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(RegistryException.class, e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.challenges()).isEmpty();
                })
                .hasMessageNotContaining("hunter2");
    }

    /** CVE-2024-39897 was a cache that gave one caller what another one had pulled. */
    @Test
    void aRightThatIsTakenAwayIsGoneForWhatIsHereToo() throws Exception {
        try (Mirrored setup = new Mirrored()) {
            Set<String> readers = ConcurrentHashMap.newKeySet();
            readers.add("alice");
            readers.add("bob");
            AccessPolicy policy = (caller, action, repository) -> readers.contains(caller.name());
            Manifest image = setup.image(1, LATEST);
            Digest layer = Mirrored.blobs(image).get(1).digest();
            Repository alice =
                    Authorized.of(setup.mirror, Caller.named("alice"), policy).repository(Mirrored.APP);
            Repository bob =
                    Authorized.of(setup.mirror, Caller.named("bob"), policy).repository(Mirrored.APP);
            Mirrored.pull(alice, alice.manifests().get(LATEST));
            Mirrored.pull(bob, image);

            readers.remove("bob");

            int before = setup.upstream.requests().size();
            fails(ErrorCode.DENIED, () -> bob.manifests().get(LATEST));
            fails(ErrorCode.DENIED, () -> bob.manifests().get(image.digest()));
            fails(ErrorCode.DENIED, () -> bob.blobs().open(layer));
            fails(ErrorCode.DENIED, () -> bob.blobs().find(layer));
            fails(ErrorCode.DENIED, () -> bob.blobs().directUrl(layer, Duration.ofMinutes(1)));
            Mirrored.pull(alice, image);
            assertThat(setup.upstream.requests()).hasSize(before);
        }
    }

    /** CVE-2026-35172 was a cache of descriptors that brought deleted blobs back. */
    @Test
    void aBlobThatWasDeletedHereAndIsGoneUpstreamIsGone() throws Exception {
        try (Mirrored setup = new Mirrored()) {
            Manifest image = setup.image(1, LATEST);
            Digest layer = Mirrored.blobs(image).get(1).digest();
            Mirrored.pull(setup.here(), setup.here().manifests().get(LATEST));
            setup.there().blobs().delete(layer);
            assertThat(Mirrored.read(setup.served(), layer)).hasSize(10_000);

            assertThat(setup.here().blobs().delete(layer)).isTrue();

            fails(ErrorCode.BLOB_UNKNOWN, () -> setup.here().blobs().open(layer));
            fails(ErrorCode.BLOB_UNKNOWN, () -> setup.served().blobs().open(layer));
            assertThat(setup.here().blobs().find(layer)).isEmpty();
            assertThat(setup.served().blobs().find(layer)).isEmpty();
            try (PullThrough restarted = setup.newMirror(builder -> builder)) {
                fails(
                        ErrorCode.BLOB_UNKNOWN,
                        () -> restarted.repository(Mirrored.APP).blobs().open(layer));
            }
        }
    }

    /** CVE-2026-33540 sent credentials to whatever token service a challenge named. */
    @Test
    void credentialsGoToNoTokenServiceElsewhereAndAlongNoRedirect() throws Exception {
        try (ScriptedServer foreign = new ScriptedServer(request -> new Answer(200, "{\"token\":\"t\"}"));
                ScriptedServer upstream =
                        new ScriptedServer(request -> request.target().contains("/blobs/")
                                ? new Answer(307, "", "Location", "http://" + foreign.otherName() + request.target())
                                : new Answer(
                                        401,
                                        "",
                                        "WWW-Authenticate",
                                        "Bearer realm=\"http://" + foreign.otherName() + "/token\",service=\"s\""));
                MemoryObjectStore store = MemoryObjectStore.create();
                RemoteRegistry remote = RemoteRegistry.at(
                        upstream.address(),
                        RemoteOptions.builder()
                                .credentials(CredentialStore.of(upstream.address(), Credentials.of("bob", "hunter2")))
                                .retry(RetryPolicy.none())
                                .build());
                Registry local = StorageRegistry.over(store);
                PullThrough mirror = PullThrough.of(remote, local, store, MirrorOptions.defaults())) {
            Repository here = mirror.repository(Mirrored.APP);

            fails(ErrorCode.UNAVAILABLE, () -> here.manifests().get(LATEST));
            assertThatThrownBy(() -> Mirrored.read(here, Digest.sha256(new byte[] {1})))
                    .hasMessageNotContaining("hunter2");

            assertThat(foreign.requests())
                    .extracting(ScriptedServer.Request::authorization)
                    .containsOnly("");
        }
    }

    @Test
    void credentialsThatAreRefusedInTheMiddleAreRenewedOnce() throws Exception {
        AtomicReference<String> good = new AtomicReference<>("hunter2-1");
        AtomicInteger given = new AtomicInteger();
        CredentialStore supplier = (registry, repository) -> {
            given.incrementAndGet();
            return Optional.of(
                    Credentials.of("aws", good.get()).withExpiry(Instant.now().plus(Duration.ofHours(12))));
        };
        try (Mirrored setup = new Mirrored();
                MemoryObjectStore store = MemoryObjectStore.create();
                RemoteRegistry remote = RemoteRegistry.at(
                        setup.upstream.address(),
                        RemoteOptions.builder()
                                .credentials(supplier)
                                .retry(RetryPolicy.none())
                                .build());
                Registry local = StorageRegistry.over(store);
                PullThrough mirror = PullThrough.of(
                        remote,
                        local,
                        store,
                        MirrorOptions.builder().bringReferrers(false).build())) {
            setup.upstream.filter((request, next) -> {
                String expected = "Basic "
                        + Base64.getEncoder().encodeToString(("aws:" + good.get()).getBytes(StandardCharsets.UTF_8));
                return request.headers()
                                .first("Authorization")
                                .filter(expected::equals)
                                .isPresent()
                        ? next.handle(request)
                        : RegistryResponse.builder(401)
                                .header("WWW-Authenticate", "Basic realm=\"r\"")
                                .build();
            });
            Manifest image = setup.image(1, LATEST);
            Repository here = mirror.repository(Mirrored.APP);
            here.manifests().get(LATEST);
            assertThat(given).hasValue(1);

            good.set("hunter2-2");

            Mirrored.pull(here, image);
            assertThat(given).hasValue(2);
            assertThat(remote.toString() + mirror).doesNotContain("hunter2");
        }
    }

    @Test
    void aRefusalIsOneEventThatNamesTheCaller() throws Exception {
        try (Mirrored setup = new Mirrored(builder -> builder.allow(List.of(NamePattern.parse("library/**"))))) {
            List<AuditEvent> events = new ArrayList<>();
            Registry audited = Audited.of(setup.mirror, AuditOrigin.ofCaller("bob"), events::add);

            fails(
                    ErrorCode.DENIED,
                    () -> audited.repository(Mirrored.APP).manifests().get(LATEST));

            assertThat(events).singleElement().satisfies(event -> {
                assertThat(event.type()).isEqualTo(AuditEvent.Type.POLICY);
                assertThat(event.outcome()).isEqualTo(AuditEvent.Outcome.REFUSED);
                assertThat(event.caller()).isEqualTo("bob");
                assertThat(event.repository()).isEqualTo(Mirrored.APP);
            });
            assertThat(setup.upstream.requests()).isEmpty();
        }
    }

    @Test
    void whatIsStaleIsOneEventInFiveMinutes() throws Exception {
        List<AuditEvent> events = new ArrayList<>();
        AtomicReference<MirrorAudit> audit = new AtomicReference<>();
        try (Mirrored setup =
                new Mirrored(builder -> builder.fresh(Duration.ZERO).listener(new MirrorListener() {
                    @Override
                    public void stale(StaleAnswer answer) {
                        audit.get().stale(answer);
                    }
                }))) {
            audit.set(MirrorAudit.of("hub", events::add, setup.clock));
            setup.image(1, LATEST);
            setup.here().manifests().get(LATEST);
            setup.upstreamAnswers(503);

            for (int i = 0; i < 10; i++) {
                setup.here().manifests().get(LATEST);
            }

            assertThat(events).singleElement().satisfies(event -> {
                assertThat(event.caller()).isEqualTo("mirror hub");
                assertThat(event.credentials()).isEqualTo(AuditOrigin.PROCESS);
                assertThat(event.target()).isEqualTo("serve latest without a check");
                assertThat(event.outcome()).isEqualTo(AuditEvent.Outcome.DONE);
                assertThat(event.reason()).isNotEmpty();
            });
            setup.clock.advance(MirrorAudit.AGAIN);
            setup.here().manifests().get(LATEST);
            assertThat(events).hasSize(2);
        }
    }
}
