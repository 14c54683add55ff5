package dev.berth.registry.testing.copy;

import static dev.berth.registry.testing.HttpMethod.GET;
import static dev.berth.registry.testing.HttpMethod.PUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.client.RemoteOptions;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.client.RetryPolicy;
import dev.berth.registry.contract.Seeds;
import dev.berth.registry.copy.CopyListener;
import dev.berth.registry.copy.CopyOptions;
import dev.berth.registry.copy.CopyProgress;
import dev.berth.registry.copy.CopyResult;
import dev.berth.registry.copy.ImageCopier;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.testing.Fault;
import dev.berth.registry.testing.JournalEntry;
import dev.berth.registry.testing.TestRegistry;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Copies from server to server: what the network does to them, and what the servers see. */
@Timeout(120)
class HttpCopyTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final Tag ONE = Tag.parse("1");
    private static final String BLOBS = "/v2/team/app/blobs/*";
    private static final String UPLOADS = "/v2/team/app/blobs/uploads/*";

    private static final int LAYERS = 10;

    /** No layer is shorter. */
    private static final int CUT_BEFORE = 20_000;

    private final TestRegistry from = TestRegistry.start();
    private final TestRegistry to = TestRegistry.start();
    private final Repository source = from.registry().repository(NAME);
    private final Repository target = to.registry().repository(NAME);
    private final SampleImages samples = new SampleImages(30);

    @AfterEach
    void stop() {
        from.close();
        to.close();
    }

    /** A client that tries each call once, so that whatever fails ends the copy. */
    private static RemoteRegistry remote(TestRegistry registry) {
        return remote(registry, RetryPolicy.none());
    }

    private static RemoteRegistry remote(TestRegistry registry, RetryPolicy retry) {
        return RemoteRegistry.at(
                registry.address(), RemoteOptions.builder().retry(retry).build());
    }

    private static RetryPolicy quickly() {
        return new RetryPolicy(4, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(1));
    }

    private CopyResult copy(RetryPolicy retry, CopyOptions options) {
        try (RemoteRegistry remoteSource = remote(from, retry);
                RemoteRegistry remoteTarget = remote(to, retry)) {
            return ImageCopier.create()
                    .copy(
                            ImageLocation.of(remoteSource, NAME, ONE),
                            ImageLocation.of(remoteTarget, NAME, ONE),
                            options);
        }
    }

    private CopyResult copy() {
        return copy(RetryPolicy.none(), CopyOptions.defaults());
    }

    private static List<Digest> layers(Manifest image) {
        return ((ImageManifest) ManifestDocument.parse(image))
                .layers().stream().map(Descriptor::digest).toList();
    }

    private static Digest firstLayer(Manifest image) {
        return layers(image).get(0);
    }

    /** The digests of the blobs whose bytes the target was sent and has kept, as often as it did. */
    private List<Digest> stored() {
        return to.journal().entries().stream()
                .filter(entry -> entry.method().equals("PUT") && entry.path().contains("/blobs/uploads/"))
                .filter(entry -> entry.status().isPresent() && entry.status().getAsInt() == 201)
                .map(HttpCopyTest::digest)
                .toList();
    }

    private static Digest digest(JournalEntry upload) {
        String query = URLDecoder.decode(upload.query().orElseThrow(), StandardCharsets.UTF_8);
        return Digest.parse(query.substring(query.indexOf("digest=") + "digest=".length()));
    }

    @Test
    void anIndexArrivesWithWhatRefersToItAndEachBlobIsSentOnce() {
        Manifest index =
                samples.index(source, List.of(Platform.of("linux", "amd64"), Platform.of("linux", "arm64")), ONE);
        Manifest signature = samples.referrer(source, index.descriptor(), "application/vnd.example.signature");

        CopyResult result =
                copy(RetryPolicy.none(), CopyOptions.builder().referrers(true).build());

        assertThat(target.manifests().get(ONE)).isEqualTo(index);
        SampleImages.requireComplete(target, index.descriptor());
        assertThat(target.manifests().referrers(index.digest()))
                .singleElement()
                .satisfies(referrer -> assertThat(referrer.digest()).isEqualTo(signature.digest()));
        assertThat(stored()).doesNotHaveDuplicates().hasSize((int)
                result.blobs().copied());
    }

    @Test
    void copiesByOneCopierSendASharedBlobOnceAndMountItElsewhere() throws Exception {
        Manifest image = samples.image(source, Collections.nCopies(6, 50_000), ONE);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (RemoteRegistry remoteSource = remote(from);
                RemoteRegistry remoteTarget = remote(to)) {
            ImageCopier copier = ImageCopier.create();
            List<Future<CopyResult>> copies = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                RepositoryName name = RepositoryName.parse("copy/app" + i);
                copies.add(threads.submit(() -> copier.copy(
                        ImageLocation.of(remoteSource, NAME, ONE), ImageLocation.of(remoteTarget, name, ONE))));
            }
            for (Future<CopyResult> copy : copies) {
                copy.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(stored()).doesNotHaveDuplicates().hasSize(7);
        for (int i = 0; i < 8; i++) {
            SampleImages.requireComplete(
                    to.registry().repository(RepositoryName.parse("copy/app" + i)), image.descriptor());
        }
    }

    @Test
    void progressEndsWithEverythingAndNeverSaysMore() {
        samples.image(source, List.of(10, 700_000, 300_000), ONE);
        List<CopyProgress> told = Collections.synchronizedList(new ArrayList<>());

        copy(RetryPolicy.none(), CopyOptions.builder().listener(told::add).build());

        assertThat(told).allSatisfy(progress -> {
            assertThat(progress.bytesDone()).isBetween(0L, progress.bytesTotal());
            assertThat(progress.blobsDone()).isBetween(0, progress.blobsTotal());
        });
        CopyProgress last = told.get(told.size() - 1);
        assertThat(last.bytesDone()).isEqualTo(last.bytesTotal()).isGreaterThan(1_000_000);
        assertThat(last.blobsDone()).isEqualTo(last.blobsTotal()).isEqualTo(4);
        assertThat(last.manifestsDone()).isEqualTo(last.manifestsTotal()).isEqualTo(1);
    }

    @Test
    void anInterruptEndsACopyInTheMiddleOfItsTransfersAndARepeatMovesTheRest() throws Exception {
        Manifest image = samples.image(source, List.of(3_000_000, 3_000_000, 3_000_000), ONE);
        Fault slow = Fault.on(GET, BLOBS).throttle(200_000);
        from.inject(slow);
        CountDownLatch moving = new CountDownLatch(1);
        CopyListener listener = progress -> {
            if (progress.bytesDone() > 100_000) {
                moving.countDown();
            }
        };
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        Thread copying = new Thread(() -> {
            try {
                copy(
                        RetryPolicy.standard(),
                        CopyOptions.builder().listener(listener).build());
            } catch (RegistryException e) {
                failure.set(e);
            }
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        copying.start();
        moving.await();
        copying.interrupt();
        copying.join();

        assertThat(failure.get())
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
                .hasMessageContaining("interrupted");
        assertThat(interrupted.get()).isTrue();
        assertThat(target.manifests().find(ONE)).isEmpty();

        from.remove(slow);
        copy();
        SampleImages.requireComplete(target, image.descriptor());
    }

    @Test
    void aSourceThatBreaksInTheMiddleIsReadOnFromThere() {
        Manifest image = samples.image(source, List.of(2_000_000), ONE);
        Digest layer = firstLayer(image);
        String path = "/v2/team/app/blobs/" + layer;
        long size = source.blobs().find(layer).orElseThrow().size();
        from.inject(Fault.on(GET, path).times(2).resetAfter(600_000));

        CopyResult result = copy(quickly(), CopyOptions.defaults());

        assertThat(result.blobs().copied()).isEqualTo(2);
        SampleImages.requireComplete(target, image.descriptor());
        List<JournalEntry> reads = from.journal().entries(GET, path);
        assertThat(reads).hasSize(3);
        assertThat(reads.subList(1, 3))
                .allSatisfy(read -> assertThat(read.requestHeaders().first("Range"))
                        .hasValueSatisfying(range -> assertThat(range).startsWith("bytes=")));
        // What was sent and is still on its way when the connection breaks is lost.
        assertThat(reads.stream().mapToLong(JournalEntry::bytesOut).sum()).isLessThan(2 * size);
        assertThat(stored()).doesNotHaveDuplicates();
    }

    @Test
    void aSourceThatStaysBrokenIsNamed() {
        Manifest image = samples.image(source, List.of(2_000_000), ONE);
        Digest layer = firstLayer(image);
        from.inject(Fault.on(GET, "/v2/team/app/blobs/" + layer).resetAfter(600_000));

        assertThatThrownBy(this::copy)
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
                .hasMessageContaining(layer.toString())
                .hasMessageContaining("reading it from team/app in http://" + from.address());
        assertThat(target.manifests().find(ONE)).isEmpty();
        assertThat(target.blobs().find(layer)).isEmpty();
    }

    @Test
    void wrongBytesOfTheSourceNeverArrive() {
        Manifest image = samples.image(source, List.of(500_000), ONE);
        Digest layer = firstLayer(image);
        from.inject(Fault.on(GET, "/v2/team/app/blobs/" + layer).corruptAt(300_000));

        assertThatThrownBy(() -> copy(quickly(), CopyOptions.defaults()))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DIGEST_INVALID))
                .hasMessageContaining(layer.toString());
        assertThat(target.blobs().find(layer)).isEmpty();
        assertThat(target.manifests().find(ONE)).isEmpty();
    }

    @Test
    void aCopyThatIsCutAnywhereAndRepeatedEndsWithTheImageAndSendsNoFinishedBlobAgain() {
        Seeds.check(20, this::cutAnywhereAndRepeat);
    }

    private void cutAnywhereAndRepeat(long seed) {
        Random random = new Random(seed);
        Manifest image = new SampleImages(seed)
                .image(source, random.ints(LAYERS, CUT_BEFORE, 400_000).boxed().toList(), ONE);
        Fault cut = anywhere(image, random);
        from.inject(cut);
        to.inject(cut);

        boolean failed = fails();
        from.clearFaults();
        to.clearFaults();
        Set<Digest> finished = present(image);
        to.journal().clear();
        CopyResult result = copy();

        assertThat(failed).as("cut by %s", cut).isTrue();
        assertThat(target.manifests().get(ONE)).isEqualTo(image);
        SampleImages.requireComplete(target, image.descriptor());
        assertThat(stored()).doesNotHaveDuplicates().noneMatch(finished::contains);
        assertThat(result.blobs().copied()).isLessThanOrEqualTo(LAYERS + 1 - finished.size());
    }

    /** One request for a blob ends after some bytes; or one of an upload at once, or without its answer. */
    private static Fault anywhere(Manifest image, Random random) {
        int number = random.nextInt(LAYERS);
        return switch (random.nextInt(4)) {
            case 0, 1 ->
                Fault.on(GET, "/v2/team/app/blobs/" + layers(image).get(number)).resetAfter(random.nextInt(CUT_BEFORE));
            case 2 -> Fault.on(PUT, UPLOADS).nth(1 + number).loseAnswer();
            default -> Fault.on(UPLOADS).nth(1 + number).reset();
        };
    }

    private boolean fails() {
        try {
            copy();
            return false;
        } catch (RegistryException e) {
            return true;
        }
    }

    private Set<Digest> present(Manifest image) {
        List<Digest> all = new ArrayList<>(layers(image));
        all.add(((ImageManifest) ManifestDocument.parse(image)).config().digest());
        return all.stream()
                .filter(digest -> target.blobs().find(digest).isPresent())
                .collect(Collectors.toSet());
    }
}
