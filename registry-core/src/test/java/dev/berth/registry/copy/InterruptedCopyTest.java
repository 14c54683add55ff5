package dev.berth.registry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Descriptor;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.contract.Seeds;
import dev.berth.registry.copy.WatchedRegistry.Kind;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.layout.OciLayoutRegistry;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.memory.MemoryObjectStore;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Copies that are cut somewhere, by a failure or an interrupt. */
@Timeout(120)
class InterruptedCopyTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final Tag ONE = Tag.parse("1");
    private static final List<Platform> PLATFORMS = Stream.of("amd64", "arm64", "s390x", "ppc64le", "riscv64", "386")
            .map(architecture -> Platform.of("linux", architecture))
            .toList();
    private static final int CUTS = 20;

    private final WatchedRegistry from = new WatchedRegistry(StorageRegistry.over(MemoryObjectStore.create()));
    private final Repository source = from.repository(NAME);
    private final CopyOptions options = CopyOptions.builder().referrers(true).build();

    /** Fails at the n-th call to either registry, or its answer; reads of blobs are calls too. */
    private static final class Cut {
        private final AtomicInteger callsLeft;

        Cut(int calls) {
            callsLeft = new AtomicInteger(calls);
        }

        void guard(WatchedRegistry.Call call) {
            if (callsLeft.getAndDecrement() == 0) {
                throw RegistryException.of(ErrorCode.UNAVAILABLE, "The test cut the connection at " + call);
            }
        }

        boolean happened() {
            return callsLeft.get() < 0;
        }
    }

    private Manifest signedIndex(SampleImages samples) {
        Manifest index = samples.index(source, PLATFORMS, ONE);
        Manifest signature = samples.referrer(source, index.descriptor(), "application/vnd.example.signature");
        samples.referrer(source, signature.descriptor(), "application/vnd.example.signature");
        Descriptor child =
                ((ImageIndex) ManifestDocument.parse(index)).manifests().get(1);
        samples.referrer(source, child, "application/vnd.example.sbom");
        return index;
    }

    private void cutAndRepeat(Registry target, long seed) {
        Random random = new Random(seed);
        Manifest index = signedIndex(new SampleImages(seed));
        List<Descriptor> manifests = allManifests(index);
        WatchedRegistry to = new WatchedRegistry(target);
        Repository app = target.repository(NAME);
        for (int cuts = 0; cuts < CUTS; ) {
            Cut cut = new Cut(random.nextInt(220));
            from.guard(cut::guard);
            to.guard(cut::guard);
            to.guardAnswers(cut::guard);
            try {
                copy(to);
                assertThat(cut.happened()).isFalse();
            } catch (RegistryException e) {
                assertThat(cut.happened()).as("%s", e).isTrue();
                assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                cuts++;
            }
            assertThat(from.open()).isEmpty();
            for (Descriptor manifest : manifests) {
                if (app.manifests().find(manifest.digest()).isPresent()) {
                    SampleImages.requireComplete(app, manifest);
                }
            }
        }
        from.guard(call -> {});
        to.guard(call -> {});
        to.guardAnswers(call -> {});
        copy(to);

        assertThat(app.manifests().get(ONE)).isEqualTo(index);
        manifests.forEach(manifest -> SampleImages.requireComplete(app, manifest));
        assertThat(to.done(Kind.PUSH_BLOB)).doesNotHaveDuplicates();
        assertThat(to.done(Kind.PUT_MANIFEST).stream().filter(subject -> !subject.equals("1")))
                .doesNotHaveDuplicates();
    }

    /** By a new copier, as if the process had died: it knows nothing of earlier attempts. */
    private void copy(WatchedRegistry to) {
        ImageCopier.create().copy(ImageLocation.of(from, NAME, ONE), ImageLocation.of(to, NAME, ONE), options);
    }

    private List<Descriptor> allManifests(Manifest index) {
        Map<String, Descriptor> found = new HashMap<>();
        collect(index.descriptor(), found);
        return List.copyOf(found.values());
    }

    private void collect(Descriptor manifest, Map<String, Descriptor> found) {
        if (found.put(manifest.digest().toString(), manifest) != null) {
            return;
        }
        source.manifests().referrers(manifest.digest()).forEach(referrer -> collect(referrer, found));
        if (ManifestDocument.parse(source.manifests().get(manifest.digest())) instanceof ImageIndex index) {
            index.manifests().forEach(child -> collect(child, found));
        }
    }

    @Test
    void aCopyThatIsCutTwentyTimesEndsWithTheImageAndMovesNoBlobTwice() {
        Seeds.check(10, seed -> cutAndRepeat(StorageRegistry.over(MemoryObjectStore.create()), seed));
    }

    @Test
    void aCopyIntoALayoutThatIsCutTwentyTimesEndsWithTheImageAndMovesNoBlobTwice(@TempDir Path directory) {
        Seeds.check(2, seed -> {
            try (OciLayoutRegistry layout = OciLayoutRegistry.create(directory.resolve("layout-" + seed), NAME)) {
                cutAndRepeat(layout, 100 + seed);
            }
        });
    }

    @Test
    void interruptingTheCallerEndsAllTransfersAndClosesTheirStreams() throws InterruptedException {
        new SampleImages(13).image(source, List.of(200_000, 200_000, 200_000, 200_000), ONE);
        Registry to = StorageRegistry.over(MemoryObjectStore.create());
        CountDownLatch reading = new CountDownLatch(4);
        CountDownLatch never = new CountDownLatch(1);
        from.guard(call -> {
            if (call.kind() == Kind.READ_BLOB) {
                reading.countDown();
                await(never);
            }
        });
        AtomicReference<RegistryException> failure = new AtomicReference<>();
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            try {
                ImageCopier.create().copy(ImageLocation.of(from, NAME, ONE), ImageLocation.of(to, NAME, ONE));
            } catch (RegistryException e) {
                failure.set(e);
            }
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        caller.start();
        reading.await();

        caller.interrupt();
        caller.join();

        assertThat(failure.get().code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(interrupted.get()).isTrue();
        assertThat(from.open()).isEmpty();
        assertThat(to.repository(NAME).manifests().find(ONE)).isEmpty();
    }

    /** Blocks as a read from a network does. */
    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RegistryException.of(ErrorCode.UNAVAILABLE, "interrupted");
        }
    }

    @Test
    void theFirstFailureEndsTheOtherTransfersAndIsTheOneReported() {
        new SampleImages(14).image(source, List.of(200_000, 200_000, 200_000, 200_000, 200_000, 200_000), ONE);
        Registry to = StorageRegistry.over(MemoryObjectStore.create());
        CountDownLatch reading = new CountDownLatch(4);
        AtomicInteger reads = new AtomicInteger();
        from.guard(call -> {
            if (call.kind() != Kind.READ_BLOB) {
                return;
            }
            reading.countDown();
            await(reading);
            if (reads.incrementAndGet() == 4) {
                throw RegistryException.of(ErrorCode.TOOMANYREQUESTS, "slow down");
            }
            // The others wait until they are interrupted, or their streams closed under them.
            while (!from.open().isEmpty() && !Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
        });

        assertThatThrownBy(() ->
                        ImageCopier.create().copy(ImageLocation.of(from, NAME, ONE), ImageLocation.of(to, NAME, ONE)))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOOMANYREQUESTS))
                .hasMessageContaining("slow down");

        assertThat(from.open()).isEmpty();
        assertThat(from.begun(Kind.OPEN_BLOB)).hasSizeLessThan(7);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}
