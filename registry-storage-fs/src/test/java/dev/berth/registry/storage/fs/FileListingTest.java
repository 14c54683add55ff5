package dev.berth.registry.storage.fs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Listings of directories that are big, or change while they are listed. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
@Tag("any-jdk")
class FileListingTest {
    private static final KeyPrefix BIG = KeyPrefix.of("big/");

    @TempDir
    private Path root;

    private FileObjectStore store;

    @BeforeEach
    void open() throws IOException {
        store = FileObjectStore.open(root);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    @Test
    void pagesThrough100000Names() throws IOException {
        List<String> names = makeFiles(100_000);
        for (boolean grouped : new boolean[] {true, false}) {
            ListRequest request =
                    ListRequest.builder(BIG).grouped(grouped).limit(777).build();
            assertThat(listAll(request)).isEqualTo(names);
        }
        for (int i = 0; i < names.size(); i += 9_999) {
            ListPage page =
                    store.list(ListRequest.level(BIG).after(names.get(i)).limit(3));
            assertThat(page.names()).isEqualTo(names.subList(i + 1, Math.min(names.size(), i + 4)));
        }
        store.deleteTree(BIG);
        assertThat(listAll(ListRequest.tree(KeyPrefix.ROOT))).isEmpty();
        assertThat(root.resolve("big")).doesNotExist();
    }

    @Test
    void showsEveryChangeOfABigDirectoryAtOnce() throws IOException {
        SortedSet<String> expected = new TreeSet<>(makeFiles(10_000));
        for (int i = 0; i < 20; i++) {
            ObjectKey key = BIG.key("k" + 500 * i);
            switch (i % 5) {
                case 0 -> store.delete(key);
                case 1 ->
                    store.deleteIfUnchanged(key, store.stat(key).orElseThrow().version());
                case 2 -> store.put(BIG.key("new" + i), new byte[1], PutCondition.ifAbsent());
                case 3 -> store.mark(List.of(BIG.key("new" + i)));
                default -> Files.delete(root.resolve(key.value()));
            }
            if (i % 5 == 2 || i % 5 == 3) {
                expected.add("big/new" + i);
            } else {
                expected.remove(key.value());
            }
            assertThat(listAll(ListRequest.level(BIG))).isEqualTo(List.copyOf(expected));
        }
    }

    @Test
    void neverMissesAKeyOfABigDirectoryWhileOthersChangeIt() throws Exception {
        List<String> stable = makeFiles(3_000);
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<?>> changers = List.of(
                    threads.submit(() -> {
                        for (int i = 0; !stop.get(); i++) {
                            store.put(BIG.key("k" + i % 3_000), new byte[] {(byte) i}, PutCondition.always());
                        }
                        return null;
                    }),
                    threads.submit(() -> {
                        for (int i = 0; !stop.get(); i++) {
                            store.mark(List.of(BIG.key("v" + i % 10), BIG.key("g" + i % 10 + "/x")));
                            store.delete(BIG.key("v" + i % 10));
                            store.deleteTree(KeyPrefix.of("big/g" + i % 10 + "/"));
                        }
                        return null;
                    }),
                    threads.submit(() -> {
                        for (int i = 0; !stop.get(); i++) {
                            Files.deleteIfExists(Files.createFile(root.resolve("big/w" + i % 10)));
                        }
                        return null;
                    }));
            for (int round = 0; round < 10; round++) {
                List<String> names = listAll(ListRequest.builder(BIG)
                        .grouped(round % 2 == 0)
                        .limit(600 + 100 * round)
                        .build());
                assertThat(names).doesNotHaveDuplicates();
                names.removeIf(name -> name.matches("big/[vw][0-9]|big/g[0-9]/x?"));
                assertThat(names).as("round %s", round).isEqualTo(stable);
            }
            stop.set(true);
            for (Future<?> changer : changers) {
                changer.get();
            }
        } finally {
            stop.set(true);
            threads.shutdownNow();
        }
        assertThat(listAll(ListRequest.tree(BIG))).isEqualTo(stable);
    }

    /** In memory, a file that is replaced moves to another place of its directory. */
    @Test
    void neverMissesAKeyThatIsReplaced() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (MemoryDisk disk = MemoryDisk.need(root, "size=64m");
                FileObjectStore inMemory = FileObjectStore.open(disk.directory())) {
            List<ObjectKey> keys =
                    IntStream.range(0, 5_000).mapToObj(i -> BIG.key("k" + i)).toList();
            inMemory.mark(keys);
            List<String> names = keys.stream().map(ObjectKey::value).sorted().toList();
            try {
                List<Future<?>> writers = new ArrayList<>();
                for (int writer = 0; writer < 2; writer++) {
                    Random random = new Random(writer);
                    writers.add(threads.submit(() -> {
                        while (!stop.get()) {
                            inMemory.put(keys.get(random.nextInt(5_000)), new byte[1], PutCondition.always());
                        }
                        return null;
                    }));
                }
                for (int round = 0; round < 40; round++) {
                    assertThat(inMemory.list(ListRequest.tree(BIG).limit(5_000)).names())
                            .as("round %s", round)
                            .isEqualTo(names);
                }
                stop.set(true);
                for (Future<?> writer : writers) {
                    writer.get();
                }
            } finally {
                stop.set(true);
                threads.shutdown();
                threads.awaitTermination(1, TimeUnit.MINUTES);
            }
        }
    }

    @Test
    void aDirectoryIsNeverTakenForAKeyWhileItComesAndGoes() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<?> changer = thread.submit(() -> {
                for (int i = 0; !stop.get(); i++) {
                    store.mark(List.of(ObjectKey.of("d/g" + i % 3 + "/x")));
                    store.deleteTree(KeyPrefix.of("d/"));
                }
                return null;
            });
            for (int round = 0; round < 3000; round++) {
                assertThat(store.list(ListRequest.level(KeyPrefix.of("d/"))).names())
                        .allMatch(name -> name.endsWith("/"));
            }
            stop.set(true);
            changer.get();
        } finally {
            stop.set(true);
            thread.shutdownNow();
        }
    }

    /** Makes files {@code big/k0 …} and returns their names in the order of listings. */
    private List<String> makeFiles(int count) throws IOException {
        Path big = Files.createDirectory(root.resolve("big"));
        for (int i = 0; i < count; i++) {
            Files.createFile(big.resolve("k" + i));
        }
        return IntStream.range(0, count).mapToObj(i -> "big/k" + i).sorted().toList();
    }

    private List<String> listAll(ListRequest first) throws IOException {
        List<String> names = new ArrayList<>();
        ListRequest request = first;
        while (true) {
            ListPage page = store.list(request);
            names.addAll(page.names());
            if (page.last()) {
                return names;
            }
            request = request.after(names.get(names.size() - 1));
        }
    }
}
