package dev.berth.registry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.registry.Descriptor;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.copy.WatchedRegistry.Kind;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.fixtures.Expected;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.memory.MemoryObjectStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class CopyParallelismTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final Tag ONE = Tag.parse("1");

    private final SampleImages samples = new SampleImages(15);
    private final WatchedRegistry from = new WatchedRegistry(StorageRegistry.over(MemoryObjectStore.create()));
    private final WatchedRegistry to = new WatchedRegistry(StorageRegistry.over(MemoryObjectStore.create()));
    private final Repository source = from.repository(NAME);

    private static ImageCopier copierOn(int parallelism, Executor executor) {
        return ImageCopier.create(CopierOptions.builder()
                .parallelism(parallelism)
                .executor(executor)
                .build());
    }

    private void copy(ImageCopier copier, RepositoryName target) {
        copier.copy(ImageLocation.of(from, NAME, ONE), ImageLocation.of(to, target, ONE));
    }

    private Manifest image() {
        return samples.image(source, Collections.nCopies(12, 5000), ONE);
    }

    @Test
    void asManyBlobsAsAllowedAreUnderWayAndNoMore() {
        image();
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch three = new CountDownLatch(3);
        to.guard(call -> {
            if (call.kind() == Kind.FIND_BLOB) {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                three.countDown();
                try {
                    // Nobody goes on before three are here: fewer at a time would wait for ever.
                    three.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                now.decrementAndGet();
            }
        });

        copy(ImageCopier.create(CopierOptions.builder().parallelism(3).build()), NAME);

        assertThat(most).hasValue(3);
    }

    @Test
    void anExecutorThatTakesNoWorkIsNoHindrance() {
        Manifest image = image();

        copy(
                copierOn(4, work -> {
                    throw Expected.failure(new RejectedExecutionException("full"));
                }),
                NAME);

        SampleImages.requireComplete(to.repository(NAME), image.descriptor());
    }

    @Test
    void anExecutorThatRunsTheWorkAtOnceIsNoHindrance() {
        Manifest image = image();

        copy(copierOn(4, Runnable::run), NAME);

        SampleImages.requireComplete(to.repository(NAME), image.descriptor());
    }

    @Test
    void copiesThatFillTheirOwnExecutorDoNotWaitForEachOther() throws Exception {
        Manifest image = image();
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            ImageCopier copier = copierOn(4, two);
            List<Future<?>> copies = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                RepositoryName target = RepositoryName.parse("target/" + i);
                copies.add(two.submit(() -> copy(copier, target)));
            }
            for (Future<?> copy : copies) {
                copy.get();
            }
        } finally {
            two.shutdown();
        }
        SampleImages.requireComplete(to.repository(RepositoryName.parse("target/5")), image.descriptor());
    }

    @Test
    void virtualThreadsWork() throws Exception {
        Manifest image = image();
        ExecutorService virtual;
        try {
            virtual = (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException e) {
            assumeTrue(false, "this JVM has no virtual threads");
            return;
        }
        try {
            ImageCopier copier = copierOn(8, virtual);
            List<Future<?>> copies = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                RepositoryName target = RepositoryName.parse("target/" + i);
                copies.add(virtual.submit(() -> copy(copier, target)));
            }
            for (Future<?> copy : copies) {
                copy.get();
            }
        } finally {
            virtual.shutdown();
        }
        SampleImages.requireComplete(to.repository(RepositoryName.parse("target/19")), image.descriptor());
    }

    @Test
    void copiesOfOneCopierMoveEachBlobOnceBetweenThem() throws Exception {
        Manifest image = image();
        Manifest other = samples.image(source, List.of(10), Tag.parse("2"));
        ImageCopier copier = ImageCopier.create();
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> copies = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                RepositoryName target = RepositoryName.parse("target/" + i % 3);
                copies.add(callers.submit(() -> {
                    start.await();
                    copy(copier, target);
                    copier.copy(
                            ImageLocation.of(from, NAME, Tag.parse("2")), ImageLocation.of(to, target, Tag.parse("2")));
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> copy : copies) {
                copy.get();
            }
        } finally {
            callers.shutdown();
        }
        assertThat(to.done(Kind.PUSH_BLOB)).doesNotHaveDuplicates().hasSize(15);
        for (int i = 0; i < 3; i++) {
            Repository target = to.repository(RepositoryName.parse("target/" + i));
            SampleImages.requireComplete(target, image.descriptor());
            SampleImages.requireComplete(target, other.descriptor());
        }
    }

    @Test
    void whenOneOfTwoCopiesFailsTheOtherMovesTheBlobItself() throws Exception {
        Manifest image = samples.image(source, List.of(100_000), ONE);
        Registry broken = new LyingRegistry(
                from,
                ((ImageManifest) ManifestDocument.parse(image)).layers().get(0).digest());
        ImageCopier copier = ImageCopier.create();
        ExecutorService callers = Executors.newFixedThreadPool(2);
        try {
            Future<?> bad = callers.submit(
                    () -> copier.copy(ImageLocation.of(broken, NAME, ONE), ImageLocation.of(to, NAME, ONE)));
            Future<?> good = callers.submit(() -> copy(copier, RepositoryName.parse("good")));
            good.get();
            try {
                bad.get();
            } catch (ExecutionException e) {
                assertThat(e.getCause()).hasMessageContaining("Could not copy the blob");
            }
        } finally {
            callers.shutdown();
        }
        SampleImages.requireComplete(to.repository(RepositoryName.parse("good")), image.descriptor());
    }

    @Test
    void progressEndsWithAllDone() {
        image();
        List<CopyProgress> told = new ArrayList<>();
        List<CopyOutcome> outcomes = new ArrayList<>();
        CopyListener listener = new CopyListener() {
            @Override
            public void progress(CopyProgress progress) {
                told.add(progress);
            }

            @Override
            public void blob(Descriptor blob, CopyOutcome outcome) {
                outcomes.add(outcome);
                throw Expected.failure(new IllegalStateException("listeners may fail"));
            }
        };

        CopyResult result = ImageCopier.create()
                .copy(
                        ImageLocation.of(from, NAME, ONE),
                        ImageLocation.of(to, NAME, ONE),
                        CopyOptions.builder().listener(listener).build());

        CopyProgress first = told.get(0);
        CopyProgress last = told.get(told.size() - 1);
        assertThat(first.bytesDone()).isZero();
        assertThat(first.bytesTotal()).isEqualTo(result.blobs().bytesCopied());
        assertThat(last).isEqualTo(new CopyProgress(first.bytesTotal(), first.bytesTotal(), 13, 13, 1, 1));
        assertThat(outcomes).hasSize(13).containsOnly(CopyOutcome.COPIED);
    }
}
