package dev.berth.registry.mirror;

import static dev.berth.registry.mirror.Mirrored.LATEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.berth.registry.BlobContent;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MountSource;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.client.RemoteOptions;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.client.fixtures.Content;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.server.ResponseBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A blob that is not here and that many want is downloaded once, and read while it arrives. */
class SingleFlightTest {
    private static final int SIZE = 8 * 1024 * 1024;
    private static final int FIRST = 1024 * 1024;

    private final byte[] layer = Content.bytes(7, SIZE);
    private final Digest digest = Digest.sha256(layer);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch rest = new CountDownLatch(1);
    private volatile boolean cut;

    @AfterEach
    void end() {
        rest.countDown();
        threads.shutdownNow();
    }

    /** Sends the beginning of a body, and the rest when it may. */
    private final class Halting implements ResponseBody {
        private final ResponseBody body;

        Halting(ResponseBody body) {
            this.body = body;
        }

        @Override
        public OptionalLong length() {
            return body.length();
        }

        @Override
        public void writeTo(OutputStream output) throws IOException {
            output.write(layer, 0, FIRST);
            output.flush();
            try {
                rest.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (cut) {
                throw new IOException("The connection is cut for a test");
            }
            output.write(layer, FIRST, SIZE - FIRST);
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }

    /** Returns the manifest of an image whose layer the upstream registry sends as far as {@value #FIRST} bytes for now. */
    private Manifest halting(Mirrored setup) {
        Manifest image = setup.image(1, List.of(layer), LATEST);
        setup.upstream.filter((request, next) -> {
            RegistryResponse answer = next.handle(request);
            return request.method().equals("GET") && request.target().endsWith(digest.toString())
                    ? answer.withBody(new Halting(answer.body()))
                    : answer;
        });
        return image;
    }

    private static byte[] begin(InputStream stream, int count) throws IOException {
        byte[] bytes = stream.readNBytes(count);
        assertThat(bytes).hasSize(count);
        return bytes;
    }

    /** Compares what follows the first half of the beginning, without having it in memory as a whole. */
    private boolean isRestOfLayer(InputStream stream) throws IOException {
        int position = FIRST / 2;
        byte[] buffer = new byte[64 * 1024];
        for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
            if (!Arrays.equals(buffer, 0, count, layer, position, position + count)) {
                return false;
            }
            position += count;
        }
        return position == SIZE;
    }

    @Test
    void sixtyFourClientsCauseOneDownloadAndBeginBeforeItIsComplete() throws Exception {
        try (Mirrored setup = new Mirrored();
                RemoteRegistry clients = RemoteRegistry.at(
                        "127.0.0.1:" + setup.port(),
                        RemoteOptions.builder().maxConnections(100).build())) {
            Manifest image = halting(setup);
            clients.repository(Mirrored.APP).manifests().get(image.digest());
            CountDownLatch begun = new CountDownLatch(64);
            List<Future<Boolean>> pulls = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                pulls.add(threads.submit(() -> {
                    try (BlobContent content =
                            clients.repository(Mirrored.APP).blobs().open(digest)) {
                        boolean good =
                                Arrays.equals(begin(content.stream(), FIRST / 2), Arrays.copyOf(layer, FIRST / 2));
                        begun.countDown();
                        return good && isRestOfLayer(content.stream());
                    }
                }));
            }
            assertThat(begun.await(5, TimeUnit.MINUTES)).isTrue();
            rest.countDown();
            for (Future<Boolean> pull : pulls) {
                assertThat(pull.get(5, TimeUnit.MINUTES)).isTrue();
            }
            assertThat(setup.asked("GET", "/blobs/" + digest)).isEqualTo(1);
            assertThat(setup.noted.downloaded).containsOnlyOnce(digest);
            assertThat(setup.local.repository(Mirrored.APP).blobs().find(digest))
                    .isPresent();
            assertThat(Mirrored.read(setup.served(), digest)).isEqualTo(layer);
            assertThat(setup.asked("GET", "/blobs/" + digest)).isEqualTo(1);
        }
    }

    @Test
    void rangesAreReadWhileTheBlobArrives() throws Exception {
        try (Mirrored setup = new Mirrored()) {
            Manifest image = halting(setup);
            setup.here().manifests().get(image.digest());
            int part = SIZE / 8;
            List<Future<byte[]>> parts = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                ByteRange range = ByteRange.between((long) i * part, (long) (i + 1) * part - 1);
                parts.add(threads.submit(() -> {
                    try (BlobContent content = setup.here().blobs().open(digest, range)) {
                        assertThat(content.length()).isEqualTo(part);
                        return content.stream().readAllBytes();
                    }
                }));
            }
            try (BlobContent content = setup.served().blobs().open(digest, ByteRange.between(1000, FIRST))) {
                assertThat(content.descriptor().size()).isEqualTo(SIZE);
                assertThat(begin(content.stream(), FIRST / 2))
                        .isEqualTo(Arrays.copyOfRange(layer, 1000, 1000 + FIRST / 2));
                rest.countDown();
                assertThat(content.stream().readAllBytes())
                        .isEqualTo(Arrays.copyOfRange(layer, 1000 + FIRST / 2, FIRST + 1));
            }
            for (int i = 0; i < 8; i++) {
                assertThat(parts.get(i).get(5, TimeUnit.MINUTES))
                        .isEqualTo(Arrays.copyOfRange(layer, i * part, (i + 1) * part));
            }
            assertThat(setup.asked("GET", "/blobs/" + digest)).isEqualTo(1);
        }
    }

    @Test
    void theFirstClientMayLeave() throws Exception {
        try (Mirrored setup = new Mirrored()) {
            Manifest image = halting(setup);
            setup.here().manifests().get(image.digest());
            BlobContent first = setup.here().blobs().open(digest);
            begin(first.stream(), 1000);
            BlobContent second = setup.here().blobs().open(digest);
            begin(second.stream(), 1000);

            first.close();
            rest.countDown();

            assertThat(second.stream().readAllBytes()).isEqualTo(Arrays.copyOfRange(layer, 1000, SIZE));
            second.close();
            assertThat(setup.asked("GET", "/blobs/" + digest)).isEqualTo(1);
        }
    }

    @Test
    void aDownloadGoesOnWhenAllClientsHaveLeft() throws Exception {
        try (Mirrored setup = new Mirrored()) {
            Manifest image = halting(setup);
            setup.here().manifests().get(image.digest());
            try (BlobContent only = setup.here().blobs().open(digest)) {
                begin(only.stream(), 1000);
            }
            rest.countDown();

            Mirrored.await(() -> setup.mirror.status().downloads() == 0);

            assertThat(setup.local.repository(Mirrored.APP).blobs().find(digest))
                    .isPresent();
        }
    }

    @Test
    void aClientThatIsInterruptedHarmsNobody() throws Exception {
        try (Mirrored setup = new Mirrored()) {
            Manifest image = halting(setup);
            setup.here().manifests().get(image.digest());
            CountDownLatch waiting = new CountDownLatch(1);
            Future<byte[]> interrupted = threads.submit(() -> {
                try (BlobContent content = setup.here().blobs().open(digest)) {
                    begin(content.stream(), FIRST - 1000);
                    waiting.countDown();
                    return content.stream().readAllBytes();
                }
            });
            BlobContent other = setup.here().blobs().open(digest);
            assertThat(waiting.await(5, TimeUnit.MINUTES)).isTrue();

            interrupted.cancel(true);
            rest.countDown();

            assertThat(other.stream().readAllBytes()).isEqualTo(layer);
            other.close();
        }
    }

    @Test
    void aHeadDuringTheDownloadIsAnsweredFromIt() throws Exception {
        try (Mirrored setup = new Mirrored()) {
            Manifest image = halting(setup);
            setup.here().manifests().get(image.digest());
            try (BlobContent content = setup.here().blobs().open(digest)) {
                assertThat(setup.here().blobs().find(digest))
                        .map(Descriptor::size)
                        .contains((long) SIZE);
                assertThat(setup.asked("HEAD", "/blobs/")).isZero();
                // It is counted when it begins to be stored.
                Mirrored.await(() -> setup.mirror.status().arriving() == SIZE);
                rest.countDown();
                assertThat(content.stream().readAllBytes()).isEqualTo(layer);
            }
        }
    }

    @Test
    void twoRepositoriesThatWantABlobAtOnceCauseOneDownload() throws Exception {
        try (Mirrored setup = new Mirrored()) {
            Manifest image = halting(setup);
            Repository other = setup.mirror.repository("other/app");
            Repository there = setup.upstream.stored().repository("other/app");
            for (Descriptor blob : Mirrored.blobs(image)) {
                there.blobs().mount(blob.digest(), MountSource.from(RepositoryName.parse(Mirrored.APP)));
            }
            there.manifests().put(image, LATEST);
            setup.here().manifests().get(image.digest());
            other.manifests().get(image.digest());
            try (BlobContent first = setup.here().blobs().open(digest);
                    BlobContent second = other.blobs().open(digest)) {
                begin(first.stream(), FIRST / 2);
                begin(second.stream(), FIRST / 2);
                Mirrored.await(() -> setup.mirror.status().arriving() == SIZE);
                assertThat(setup.mirror.status().downloads()).isEqualTo(2);

                rest.countDown();

                assertThat(isRestOfLayer(first.stream())).isTrue();
                assertThat(isRestOfLayer(second.stream())).isTrue();
            }
            Mirrored.await(setup);
            assertThat(setup.asked("GET", "/blobs/" + digest)).isEqualTo(1);
            assertThat(setup.asked("HEAD", "other/app/blobs/" + digest)).isEqualTo(1);
            assertThat(setup.noted.downloaded).containsOnlyOnce(digest);
            assertThat(setup.local.repository("other/app").blobs().find(digest)).isPresent();
            assertThat(setup.local.repository(Mirrored.APP).blobs().find(digest))
                    .isPresent();
        }
    }

    @Test
    void aDownloadIsNotSharedWithARepositoryThatDoesNotHaveTheBlob() throws Exception {
        try (Mirrored setup = new Mirrored()) {
            Manifest image = halting(setup);
            setup.here().manifests().get(image.digest());
            try (BlobContent first = setup.here().blobs().open(digest)) {
                begin(first.stream(), FIRST / 2);

                assertThatThrownBy(() ->
                                setup.mirror.repository("other/app").blobs().open(digest))
                        .isInstanceOfSatisfying(
                                RegistryException.class,
                                e -> assertThat(e.code()).isEqualTo(ErrorCode.BLOB_UNKNOWN));

                rest.countDown();
                assertThat(isRestOfLayer(first.stream())).isTrue();
            }
        }
    }

    @Test
    void whoFollowsADownloadThatFailsGoesOnByItself() throws Exception {
        try (Mirrored setup = new Mirrored(builder -> builder.resumes(1))) {
            Manifest image = halting(setup);
            Repository other = setup.mirror.repository("other/app");
            Repository there = setup.upstream.stored().repository("other/app");
            for (Descriptor blob : Mirrored.blobs(image)) {
                there.blobs().mount(blob.digest(), MountSource.from(RepositoryName.parse(Mirrored.APP)));
            }
            there.manifests().put(image, LATEST);
            setup.here().manifests().get(image.digest());
            other.manifests().get(image.digest());
            BlobContent first = setup.here().blobs().open(digest);
            BlobContent second = other.blobs().open(digest);
            begin(first.stream(), FIRST / 2);
            begin(second.stream(), FIRST / 2);

            setup.upstream.filter((request, next) -> request.target().contains(Mirrored.APP)
                    ? RegistryResponse.builder(403).build()
                    : next.handle(request));
            cut = true;
            rest.countDown();

            assertThatThrownBy(() -> first.stream().readAllBytes()).isInstanceOf(IOException.class);
            assertThat(isRestOfLayer(second.stream())).isTrue();
            first.close();
            second.close();
            Mirrored.await(setup);
            assertThat(setup.local.repository("other/app").blobs().find(digest)).isPresent();
        }
    }

    @Test
    void clientsBeginWhileTheStoreIsStillMadeReady() throws Exception {
        CountDownLatch ready = new CountDownLatch(1);
        MirrorListener slow = new MirrorListener() {
            @Override
            public void evicted(RepositoryName repository, Digest evicted, long bytes) {
                boolean unused = Uninterruptibles.awaitUninterruptibly(ready, 5, TimeUnit.MINUTES);
            }
        };
        try (Mirrored setup =
                new Mirrored(builder -> builder.budget(SIZE + 5_000).listener(slow))) {
            Mirrored.pull(setup.here(), setup.image(2));
            Mirrored.await(setup);
            Manifest image = setup.image(1, List.of(layer));
            setup.here().manifests().get(image.digest());
            try (BlobContent content = setup.here().blobs().open(digest)) {
                begin(content.stream(), FIRST / 2);
                assertThat(setup.local.repository(Mirrored.APP).blobs().find(digest))
                        .isEmpty();

                ready.countDown();

                assertThat(isRestOfLayer(content.stream())).isTrue();
            }
            Mirrored.await(setup);
            assertThat(Mirrored.read(setup.local.repository(Mirrored.APP), digest))
                    .isEqualTo(layer);
        }
    }

    @Test
    void aStoreThatIsFullCostsTheCopyAndNotTheClients() throws Exception {
        MemoryObjectStore small = MemoryObjectStore.builder().maxBytes(FIRST).build();
        try (Mirrored setup = new Mirrored(small, "", builder -> builder)) {
            Manifest image = setup.image(1, List.of(layer), LATEST);
            Repository here = setup.here();
            here.manifests().get(image.digest());

            assertThat(Mirrored.read(here, digest)).isEqualTo(layer);

            assertThat(setup.local.repository(Mirrored.APP).blobs().find(digest))
                    .isEmpty();
            assertThat(setup.noted.failed).isEmpty();
        }
    }

    @Test
    void aBlobThatNoImageNeedsIsReadAndNotKept() throws Exception {
        try (Mirrored setup = new Mirrored()) {
            setup.image(1, List.of(layer), LATEST);

            assertThat(Mirrored.read(setup.here(), digest)).isEqualTo(layer);

            assertThat(setup.local.repository(Mirrored.APP).blobs().find(digest))
                    .isEmpty();
        }
    }
}
