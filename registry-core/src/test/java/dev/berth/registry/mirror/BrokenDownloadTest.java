package dev.berth.registry.mirror;

import static dev.berth.registry.mirror.Mirrored.LATEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.BlobContent;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.client.fixtures.Content;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.mirror.FaultyBody.Fault;
import dev.berth.registry.server.RegistryResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads that break off, stall, or bring other bytes than they should. */
class BrokenDownloadTest {
    private static final int SIZE = 4 * 1024 * 1024;
    private static final int MIB = 1024 * 1024;

    private final byte[] layer = Content.bytes(7, SIZE);
    private final Digest digest = Digest.sha256(layer);

    @TempDir
    private Path spool;

    /** What happens to one response with the layer. */
    private record Fate(Fault fault, long at) {
        static final Fate GOOD = new Fate(Fault.NONE, 0);
    }

    /** What is to hold of a mirror. */
    private interface Check {
        void of(Mirrored setup) throws Exception;
    }

    /** Gives the responses with the layer these fates, and those that follow the last one. */
    private void with(List<Fate> fates, UnaryOperator<MirrorOptions.Builder> settings, Check check) throws Exception {
        try (Mirrored setup = new Mirrored(builder -> settings.apply(builder.spoolDirectory(spool)))) {
            Manifest image = setup.image(1, List.of(layer), LATEST);
            AtomicInteger number = new AtomicInteger();
            setup.upstream.filter((request, next) -> {
                RegistryResponse answer = next.handle(request);
                if (!request.method().equals("GET") || !request.target().endsWith(digest.toString())) {
                    return answer;
                }
                Fate fate = fates.get(Math.min(number.getAndIncrement(), fates.size() - 1));
                return answer.withBody(new FaultyBody(answer.body(), fate.fault, fate.at));
            });
            setup.here().manifests().get(image.digest());
            check.of(setup);
            Mirrored.await(() -> setup.mirror.status().downloads() == 0);
            Mirrored.await(this::nothingIsLeft);
        }
    }

    private boolean nothingIsLeft() {
        try (Stream<Path> left = Files.list(spool)) {
            return left.findAny().isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void with(List<Fate> fates, Check check) throws Exception {
        with(fates, builder -> builder, check);
    }

    /** Returns how many bytes came before the exception. */
    private static int readUntilFailure(BlobContent content) throws IOException {
        InputStream stream = content.stream();
        byte[] buffer = new byte[8192];
        int sum = 0;
        while (true) {
            int count;
            try {
                count = stream.read(buffer);
            } catch (IOException e) {
                return sum;
            }
            if (count < 0) {
                throw new AssertionError("The content ends as if it were good, after " + sum + " bytes");
            }
            sum += count;
        }
    }

    private boolean isHere(Mirrored setup) throws IOException {
        return setup.local.repository(Mirrored.APP).blobs().find(digest).isPresent()
                || setup.store.stat(Keys.data(digest)).isPresent();
    }

    private List<String> ranges(Mirrored setup) {
        return setup.upstream.requests().stream()
                .filter(request -> request.target().endsWith(digest.toString()))
                .map(request -> request.header("Range").orElse("all"))
                .toList();
    }

    @Test
    void aDownloadThatBreaksOffGoesOnWhereItWas() throws Exception {
        with(List.of(new Fate(Fault.CUT, 3 * MIB), new Fate(Fault.CUT, 1000), Fate.GOOD), setup -> {
            assertThat(Mirrored.read(setup.served(), digest)).isEqualTo(layer);

            assertThat(ranges(setup)).hasSize(3).startsWith("all");
            assertThat(setup.noted.resumed).hasSize(2).allMatch(offset -> offset > 0);
            assertThat(ranges(setup).get(1)).isEqualTo("bytes=" + setup.noted.resumed.get(0) + "-");
            assertThat(isHere(setup)).isTrue();
        });
    }

    @Test
    void aDownloadThatKeepsBreakingOffEndsAtSomeTime() throws Exception {
        with(List.of(new Fate(Fault.CUT, 100_000)), builder -> builder.resumes(4), setup -> {
            try (BlobContent content = setup.here().blobs().open(digest)) {
                assertThat(readUntilFailure(content)).isLessThan(MIB);
            }
            Mirrored.await(() -> setup.mirror.status().downloads() == 0);
            assertThat(ranges(setup)).hasSize(5);
            assertThat(isHere(setup)).isFalse();
            assertThat(setup.noted.failed)
                    .singleElement()
                    .extracting(RegistryException::code)
                    .isEqualTo(ErrorCode.UNAVAILABLE);
        });
    }

    @Test
    void aDownloadThatBreaksOffBeforeItsFirstByteBeginsAgain() throws Exception {
        with(List.of(new Fate(Fault.CUT, 0), Fate.GOOD), setup -> {
            assertThat(Mirrored.read(setup.here(), digest)).isEqualTo(layer);
            assertThat(ranges(setup)).containsExactly("all", "all");
        });
    }

    @Test
    void aDownloadThatStallsGoesOnWhereItWas() throws Exception {
        with(
                List.of(new Fate(Fault.HANG, 2 * MIB), Fate.GOOD),
                builder -> builder.stallTimeout(Duration.ofMillis(200)),
                setup -> {
                    assertThat(Mirrored.read(setup.here(), digest)).isEqualTo(layer);
                    assertThat(ranges(setup)).hasSize(2);
                    assertThat(setup.noted.resumed).hasSize(1);
                });
    }

    @Test
    void wrongBytesAreNotKeptAndAllReadersGetAnException() throws Exception {
        with(List.of(new Fate(Fault.CORRUPT, 2 * MIB), Fate.GOOD), setup -> {
            try (BlobContent all = setup.here().blobs().open(digest);
                    BlobContent part = setup.here().blobs().open(digest, ByteRange.between(0, 99))) {
                assertThat(readUntilFailure(all)).isLessThan(SIZE);
                assertThat(readUntilFailure(part)).isLessThan(100);
            }
            assertThat(isHere(setup)).isFalse();
            assertThat(setup.noted.downloaded).doesNotContain(digest);
            assertThat(setup.noted.failed)
                    .singleElement()
                    .extracting(RegistryException::code)
                    .isEqualTo(ErrorCode.DIGEST_INVALID);
            Mirrored.await(() -> setup.mirror.status().downloads() == 0);

            assertThat(Mirrored.read(setup.here(), digest)).isEqualTo(layer);
            assertThat(isHere(setup)).isTrue();
        });
    }

    /** The client verifies whole blobs only: the mirror must find it. */
    @Test
    void wrongBytesOfAResumedDownloadAreFound() throws Exception {
        with(List.of(new Fate(Fault.CUT, MIB), new Fate(Fault.CORRUPT, MIB)), setup -> {
            try (BlobContent content = setup.served().blobs().open(digest)) {
                assertThat(readUntilFailure(content)).isLessThan(SIZE);
            }
            assertThat(isHere(setup)).isFalse();
        });
    }

    @Test
    void wrongBytesOfABlobThatIsNotKeptAreFound() throws Exception {
        with(List.of(new Fate(Fault.CUT, MIB), new Fate(Fault.CORRUPT, MIB)), builder -> builder.budget(MIB), setup -> {
            try (BlobContent content = setup.here().blobs().open(digest)) {
                assertThat(readUntilFailure(content)).isLessThan(SIZE);
            }
        });
    }

    @Test
    void anUpstreamRegistryThatRefusesTheRestEndsTheDownload() throws Exception {
        with(List.of(new Fate(Fault.CUT, MIB)), setup -> {
            AtomicInteger number = new AtomicInteger();
            Semaphore opened = new Semaphore(0);
            setup.upstream.filter((request, next) -> {
                if (number.getAndIncrement() > 0) {
                    // Otherwise the download may have ended before the client reads of it.
                    opened.acquireUninterruptibly();
                    return RegistryResponse.builder(403).build();
                }
                RegistryResponse answer = next.handle(request);
                return answer.withBody(new FaultyBody(answer.body(), Fault.CUT, MIB));
            });
            try (BlobContent content = setup.here().blobs().open(digest)) {
                opened.release();
                assertThat(readUntilFailure(content)).isLessThan(SIZE);
            }
            assertThat(number).hasValue(2);
        });
    }

    @Test
    void aRangeBeyondTheEndIsRefused() throws Exception {
        with(List.of(Fate.GOOD), setup -> {
            assertThatThrownBy(() -> setup.here().blobs().open(digest, ByteRange.from(SIZE)))
                    .isInstanceOfSatisfying(
                            RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RANGE_INVALID));
            Mirrored.await(() -> setup.mirror.status().downloads() == 0);
        });
    }
}
