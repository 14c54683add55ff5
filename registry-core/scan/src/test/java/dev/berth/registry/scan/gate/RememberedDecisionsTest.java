package dev.berth.registry.scan.gate;

import static dev.berth.registry.scan.gate.Refusals.assertDenied;
import static dev.berth.registry.scan.gate.Refusals.assertHandedOut;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.scan.report.Severity;
import dev.berth.registry.scan.report.Verdict;
import dev.berth.registry.scan.signature.CosignSigner;
import dev.berth.registry.scan.signature.SignatureForm;
import dev.berth.registry.scan.signature.TrustedKey;
import dev.berth.registry.storage.ForwardingObjectStore;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStat;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Decisions are used again for a few seconds, and not after what they depend on was changed here. */
class RememberedDecisionsTest {
    private static final GateRule BOTH = GateRule.named("both")
            .signedBy(GateWorld.SIGNED)
            .noFindingAbove(Severity.LOW)
            .build();

    private final GateWorld world = new GateWorld();
    private final AtomicInteger asked = new AtomicInteger();
    private final Gate gate = Gate.of(
            world.engine,
            GatePolicy.of(BOTH),
            world.options()
                    .verdicts((repository, digest) -> {
                        asked.incrementAndGet();
                        return world.verdicts.getOrDefault(digest, Verdict.unscanned());
                    })
                    .build());
    private final Repository gated = gate.repository(GateWorld.REPOSITORY);
    private final Descriptor image = world.image("v1");
    private final Tag signature = Tag.parse("sha256-" + image.digest().hex() + ".sig");

    RememberedDecisionsTest() {
        world.sign(image);
        world.scanned(image.digest());
    }

    @Test
    void aDecisionIsUsedForFiveSeconds() {
        for (int i = 0; i < 10; i++) {
            assertHandedOut(gated, GateWorld.V1);
        }
        assertThat(asked).hasValue(1);

        world.clock.advance(Duration.ofSeconds(5));
        assertHandedOut(gated, GateWorld.V1);
        assertThat(asked).hasValue(2);
    }

    @Test
    void aSignatureThatIsDeletedHereCountsNoMore() {
        assertHandedOut(gated, image.digest());

        gated.tags().delete(signature);

        assertDenied(gated, image.digest(), "no signature of");
    }

    @Test
    void aSignatureThatIsAddedHereCountsAtOnce() {
        Descriptor other = GateWorld.pushImage(gated);
        world.scanned(other.digest());
        assertDenied(gated, other.digest(), "no signature of");

        CosignSigner.of(GateWorld.RELEASE).in(SignatureForm.BUNDLE).sign(gated, other, "registry.example/team/app");

        assertHandedOut(gated, other.digest());
    }

    @Test
    void whatIsDeletedElsewhereCountsForSeconds() {
        assertHandedOut(gated, image.digest());

        world.behind.tags().delete(signature);
        assertHandedOut(gated, image.digest());

        world.clock.advance(Duration.ofSeconds(5));
        assertDenied(gated, image.digest(), "no signature of");
    }

    @Test
    void aNewVerdictCountsAtOnceIfItIsTold() {
        assertHandedOut(gated, image.digest());

        world.scanned(image.digest(), GateWorld.finding("CVE-1", Severity.HIGH, Optional.empty()));
        gate.forget(gated.name());

        assertDenied(gated, image.digest(), "CVE-1");
    }

    @Test
    void aKeyThatIsWithdrawnCountsNoMore() {
        assertHandedOut(gated, image.digest());

        gate.policy(GatePolicy.of(GateRule.named("both")
                .signedBy(SignedBy.anyOf(
                        TrustedKey.of("release", GateWorld.RELEASE.publicKey()).withdrawn()))
                .build()));

        assertDenied(gated, image.digest(), "the key release, which signed it, was withdrawn");
    }

    @Test
    void nothingIsUsedAgainIfThatIsNotWanted() {
        Gate exact = Gate.of(
                world.engine,
                GatePolicy.of(GateWorld.signedRule()),
                world.options().remembered(Duration.ZERO).build());
        Repository repository = exact.repository(GateWorld.REPOSITORY);
        assertHandedOut(repository, image.digest());

        world.behind.tags().delete(signature);

        assertDenied(repository, image.digest(), "no signature of");
    }

    @Test
    void aDecisionThatBeganBeforeAChangeIsNotUsedAfterIt() {
        Decisions decisions = new Decisions(world.options().build());
        Decisions.Key key = new Decisions.Key(gated.name(), image.digest(), BOTH, true);

        Outcome first = decisions.of(key, () -> {
            decisions.forget(gated.name());
            return Outcome.allowed();
        });
        Outcome second = decisions.of(key, () -> Outcome.denied("it was changed meanwhile"));

        assertThat(first.isAllowed()).isTrue();
        assertThat(second.isAllowed()).isFalse();
    }

    @Test
    void noPullThatBeginsAfterAWithdrawalSucceeds() throws Exception {
        int threads = 4;
        AtomicInteger withdrawn = new AtomicInteger();
        AtomicInteger handedOut = new AtomicInteger();
        CountDownLatch pulling = new CountDownLatch(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> pulls = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                pulls.add(pool.submit(() -> {
                    for (int refused = 0; refused < 20; ) {
                        boolean after = withdrawn.get() > 0;
                        try {
                            gated.manifests().get(image.digest());
                            assertThat(after)
                                    .as("it was withdrawn before the pull began")
                                    .isFalse();
                            handedOut.incrementAndGet();
                        } catch (RegistryException e) {
                            assertThat(e.code()).isEqualTo(ErrorCode.DENIED);
                            refused++;
                        }
                        pulling.countDown();
                    }
                }));
            }
            pulling.await();
            gated.tags().delete(signature);
            withdrawn.incrementAndGet();
            for (Future<?> pull : pulls) {
                pull.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(handedOut).hasPositiveValue();
    }

    @Test
    void aWarmPullReadsTheStoreAsOneWithoutAGate() {
        AtomicLong reads = new AtomicLong();
        StorageRegistry counted = StorageRegistry.over(new ForwardingObjectStore(MemoryObjectStore.create()) {
            @Override
            public Optional<ObjectStat> stat(ObjectKey key) throws IOException {
                reads.incrementAndGet();
                return super.stat(key);
            }

            @Override
            public Optional<ObjectContent> open(ObjectKey key, long offset, long length) throws IOException {
                reads.incrementAndGet();
                return super.open(key, offset, length);
            }
        });
        Repository behind = counted.repository(GateWorld.REPOSITORY);
        Descriptor pushed = GateWorld.pushImage(behind, "v1");
        GateWorld.sign(GateWorld.RELEASE, behind, pushed.digest());
        Repository warm = Gate.of(
                        counted,
                        GatePolicy.of(GateWorld.signedRule()),
                        world.options().build())
                .repository(GateWorld.REPOSITORY);
        warm.manifests().get(GateWorld.V1);
        warm.manifests().get(pushed.digest());

        assertThat(readsOf(reads, warm, GateWorld.V1)).isEqualTo(readsOf(reads, behind, GateWorld.V1));
        assertThat(readsOf(reads, warm, pushed.digest())).isEqualTo(readsOf(reads, behind, pushed.digest()));
    }

    private static long readsOf(AtomicLong reads, Repository repository, ManifestSelector selector) {
        long before = reads.get();
        Digest digest = repository.manifests().get(selector).digest();
        assertThat(digest).isNotNull();
        return reads.get() - before;
    }
}
