package dev.berth.registry.console.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.internal.store.DerivedObjects;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.PutCondition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A layer is read once, beside the requests that want it")
class LayerBrowserTest {
    private static final byte[] LAYER =
            new TestLayer().directory("etc").file("etc/hosts", "127.0.0.1").file("x/y/z", "deep").gzip();

    private final MemoryObjectStore store = MemoryObjectStore.create();
    private final Repository repository = StorageRegistry.over(store).repository("team/app");
    private final Descriptor layer = push(LAYER);
    private final CountingLayers files = new CountingLayers();

    private Descriptor push(byte[] content) {
        Descriptor pushed = repository.blobs().push(BlobSource.of(content));
        return Descriptor.of(MediaTypes.OCI_LAYER_TAR_GZIP, pushed.digest(), pushed.size());
    }

    /** Counts how often layers are read. */
    private static final class CountingLayers implements LayerFiles {
        private final LayerFiles layers = new TarLayers(InstantSource.system());
        private int indexes;
        private int heads;

        @Override
        public LayerIndex index(Repository repository, Descriptor layer) {
            indexes++;
            return layers.index(repository, layer);
        }

        @Override
        public Optional<FileHead> head(Repository repository, Descriptor layer, long number) {
            heads++;
            return layers.head(repository, layer, number);
        }

        @Override
        public void copy(Repository repository, Descriptor layer, long number, OutputStream out) {
            throw new AssertionError("nothing is saved here");
        }
    }

    private LayerBrowser browser(Executor executor) {
        return new LayerBrowser(files, objects(1_000_000), executor, Duration.ZERO);
    }

    private DerivedObjects objects(long bytes) {
        return new DerivedObjects(store, KeyPrefix.of(Keys.CONSOLE + "layers/"), bytes);
    }

    @Test
    void whileItIsReadRequestsAreToldSoAndItIsReadOnce() {
        Queue<Runnable> waiting = new ArrayDeque<>();
        LayerBrowser browser = browser(waiting::add);

        assertThat(browser.index(repository, layer)).isEmpty();
        assertThat(browser.index(repository, layer)).isEmpty();
        assertThat(waiting).hasSize(1);
        waiting.remove().run();

        LayerIndex index = browser.index(repository, layer).orElseThrow();
        assertThat(index.find("x/y/z")).isPresent();
        assertThat(files.indexes).isEqualTo(1);
    }

    @Test
    void tooManyReadingsAreRefused() {
        LayerBrowser browser = browser(task -> {
            throw new RejectedExecutionException("full");
        });

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> browser.index(repository, layer))
                    .isInstanceOfSatisfying(
                            RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOOMANYREQUESTS));
        }
    }

    @Test
    void anotherProcessDoesNotReadItAgain() {
        LayerIndex first = browser(Runnable::run).index(repository, layer).orElseThrow();

        LayerIndex second = browser(Runnable::run).index(repository, layer).orElseThrow();

        assertThat(files.indexes).isEqualTo(1);
        assertThat(second.totals()).isEqualTo(first.totals());
        assertThat(second.directory("etc")).isEqualTo(first.directory("etc"));
        assertThat(second.find("x/y/z")).isEqualTo(first.find("x/y/z"));
    }

    @Test
    void whatIsKeptAndDamagedIsMadeAgain() throws Exception {
        LayerIndex first = browser(Runnable::run).index(repository, layer).orElseThrow();
        ObjectKey key = ObjectKey.of(Keys.CONSOLE + "layers/" + Keys.segments(layer.digest()));
        for (byte[] damaged : new byte[][] {
            {},
            {1, 2, 3},
            TestLayer.gzip(new byte[] {0, 0, 0, 9}),
            TestLayer.gzip(new byte[] {0, 0, 0, 1, 7}),
            TestLayer.gzip(java.util.Arrays.copyOf(first.bytes(), first.bytes().length / 2))
        }) {
            store.put(key, damaged, PutCondition.always());
            assertThat(browser(Runnable::run).index(repository, layer).orElseThrow().directory("etc"))
                    .isEqualTo(first.directory("etc"));
        }
        assertThat(files.indexes).isEqualTo(6);
    }

    @Test
    void oneWithAProblemIsNotKept() {
        Descriptor damaged = push(java.util.Arrays.copyOf(LAYER, LAYER.length - 20));

        for (int i = 0; i < 2; i++) {
            assertThat(browser(Runnable::run)
                            .index(repository, damaged)
                            .orElseThrow()
                            .totals()
                            .problem())
                    .isNotEmpty();
        }
        assertThat(files.indexes).isEqualTo(2);
    }

    @Test
    void theBeginningOfAFileIsReadOnce() {
        LayerBrowser browser = browser(Runnable::run);
        LayerEntry hosts =
                browser.index(repository, layer).orElseThrow().find("etc/hosts").orElseThrow();

        for (int i = 0; i < 3; i++) {
            assertThat(browser.head(repository, layer, hosts)
                            .orElseThrow()
                            .orElseThrow()
                            .text())
                    .contains("127.0.0.1");
        }
        assertThat(files.heads).isEqualTo(1);
    }

    @Test
    void aLayerThatIsNotThereSaysSo() {
        Descriptor missing = Descriptor.of(MediaTypes.OCI_LAYER_TAR, Digest.sha256(new byte[7]), 7);

        assertThat(browser(Runnable::run)
                        .index(repository, missing)
                        .orElseThrow()
                        .totals()
                        .problem())
                .isEqualTo("The registry does not have the layer");
    }

    @Test
    void zstdIsReadAsGzipIs() {
        Descriptor zstd = push(Zstd.compress(new TestLayer().file("a", "zstd").tar()));

        LayerIndex index = browser(Runnable::run).index(repository, zstd).orElseThrow();

        assertThat(index.find("a")).isPresent();
    }

    @Test
    void aBombEndsAtItsLimit() throws Exception {
        LayerIndex.Totals totals = browser(Runnable::run)
                .index(repository, push(bomb()))
                .orElseThrow()
                .totals();

        assertThat(totals.entries()).isEqualTo(1);
        assertThat(totals.problem()).contains("bytes after decompression");
    }

    /** A file of four gigabytes of zeros, in less than a megabyte. */
    private static byte[] bomb() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZstdOutputStream zstd = new ZstdOutputStream(bytes, 1)) {
            zstd.write(SampleImages.header("zeros", 4L << 30, '0', ""));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 4 << 10; i++) {
                zstd.write(zeros);
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void aLayerThatTakesTooLongIsReadNoFurther() {
        Instant[] now = {Instant.EPOCH};
        InstantSource clock = () -> now[0] = now[0].plus(Duration.ofMinutes(1));

        LayerIndex index = new TarLayers(clock).index(repository, push(many()));

        assertThat(index.totals().problem()).isEqualTo("Reading the layer takes too long");
    }

    private static byte[] many() {
        TestLayer layer = new TestLayer();
        for (int i = 0; i < 2_000; i++) {
            layer.file("f" + i, "content " + i);
        }
        return layer.tar();
    }

    @Test
    void aFileIsWrittenToItsEndOrNotAtAll() throws Exception {
        TarLayers layers = new TarLayers(InstantSource.system());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        layers.copy(repository, layer, 1, out);
        assertThat(out.toString()).isEqualTo("127.0.0.1");
        assertThatThrownBy(() -> layers.copy(repository, layer, 0, out)).hasMessageContaining("to its end");
        assertThatThrownBy(() -> layers.copy(repository, layer, 9, out)).hasMessageContaining("to its end");
    }
}
