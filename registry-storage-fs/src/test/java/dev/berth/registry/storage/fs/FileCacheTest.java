package dev.berth.registry.storage.fs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectBatch;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStat;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the store keeps in memory is never older than what it has acknowledged, nor, soon, than what others have written. */
class FileCacheTest {
    private static final ObjectKey KEY = ObjectKey.of("a/b/link");

    /** More lookups than make a file busy. */
    private static final int MANY = 30;

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

    private Optional<String> read() throws IOException {
        Optional<ObjectContent> found = store.open(KEY);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (ObjectContent content = found.get()) {
            return Optional.of(new String(content.stream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private void write(String text) throws IOException {
        store.put(KEY, bytes(text), PutCondition.always());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void makeBusy() throws IOException {
        for (int i = 0; i < MANY; i++) {
            assertThat(read()).contains("old");
            assertThat(store.stat(KEY)).isPresent();
        }
    }

    /** All ways to change an object. */
    private enum Change {
        PUT {
            @Override
            void make(FileObjectStore store) throws IOException {
                store.put(KEY, bytes("new"), PutCondition.always());
            }
        },
        PUT_TRANSIENT {
            @Override
            void make(FileObjectStore store) throws IOException {
                store.putTransient(KEY, bytes("new"), PutCondition.always());
            }
        },
        PUT_IF_UNCHANGED {
            @Override
            void make(FileObjectStore store) throws IOException {
                assertThat(store.put(KEY, bytes("new"), PutCondition.ifUnchanged(version(store))))
                        .isPresent();
            }
        },
        PUT_FOR_DELETION {
            @Override
            void make(FileObjectStore store) throws IOException {
                store.putForDeletion(KEY, bytes("new"), PutCondition.always());
            }
        },
        COMMIT {
            @Override
            void make(FileObjectStore store) throws IOException {
                try (ObjectUpload upload = store.startUpload(ObjectKey.of("staging/1"))) {
                    upload.append(0, new ByteArrayInputStream(bytes("new")));
                    upload.commit(KEY, 3);
                }
            }
        },
        BATCH {
            @Override
            void make(FileObjectStore store) throws IOException {
                store.apply(ObjectBatch.builder().put(KEY, bytes("new")).build());
            }
        },
        DELETE {
            @Override
            void make(FileObjectStore store) throws IOException {
                store.delete(KEY);
            }
        },
        DELETE_IF_UNCHANGED {
            @Override
            void make(FileObjectStore store) throws IOException {
                assertThat(store.deleteIfUnchanged(KEY, version(store))).isTrue();
            }
        },
        DELETE_TREE {
            @Override
            void make(FileObjectStore store) throws IOException {
                store.deleteTree(KeyPrefix.of("a/"));
            }
        },
        DELETE_IN_BATCH {
            @Override
            void make(FileObjectStore store) throws IOException {
                store.apply(ObjectBatch.builder().delete(KEY).build());
            }
        };

        abstract void make(FileObjectStore store) throws IOException;

        private static ObjectVersion version(FileObjectStore store) throws IOException {
            return store.stat(KEY).map(ObjectStat::version).orElseThrow();
        }
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    void aChangeOfABusyObjectIsSeenAtOnce(Change change) throws IOException {
        for (int i = 0; i < 2; i++) {
            write("old");
            makeBusy();
            change.make(store);
            boolean deletes = change.name().startsWith("DELETE");
            assertThat(read()).isEqualTo(deletes ? Optional.empty() : Optional.of("new"));
            assertThat(store.stat(KEY).isPresent()).isEqualTo(!deletes);
            assertThat(store.stat(KEY).map(ObjectStat::size)).isEqualTo(deletes ? Optional.empty() : Optional.of(3L));
        }
    }

    @Test
    void aReadIsNeverOlderThanWhatWasAcknowledgedBefore() throws Exception {
        write("0");
        AtomicInteger acknowledged = new AtomicInteger();
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService readers = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> reads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                reads.add(readers.submit(() -> {
                    int count = 0;
                    while (!done.get()) {
                        int known = acknowledged.get();
                        assertThat(Integer.parseInt(read().orElseThrow())).isGreaterThanOrEqualTo(known);
                        count++;
                    }
                    return count;
                }));
            }
            for (int i = 1; i <= 50; i++) {
                write(Integer.toString(i));
                acknowledged.set(i);
            }
            done.set(true);
            for (Future<Integer> read : reads) {
                assertThat(read.get()).isPositive();
            }
        } finally {
            done.set(true);
            readers.shutdown();
        }
    }

    @Test
    void whatOthersChangeIsSeenByTheNextRead() throws IOException {
        Path file = root.resolve(KEY.value());
        write("old");
        assertThat(read()).contains("old");
        Files.writeString(file, "by hand");
        assertThat(read()).contains("by hand");
        Files.writeString(file, "");
        assertThat(store.stat(KEY).map(ObjectStat::size)).contains(0L);
        assertThat(read()).contains("");
        Files.delete(file);
        assertThat(store.stat(KEY)).isEmpty();
        assertThat(read()).isEmpty();
        Files.writeString(file, "back");
        assertThat(read()).contains("back");
    }

    @Test
    void whatOthersChangeOfABusyObjectIsSeenSoon() throws IOException {
        write("old");
        makeBusy();
        Files.writeString(root.resolve(KEY.value()), "by hand");
        long start = System.nanoTime();
        Optional<String> seen = read();
        while (seen.equals(Optional.of("old"))) {
            assertThat(System.nanoTime() - start).as("nanoseconds").isLessThan(60_000_000_000L);
            seen = read();
        }
        assertThat(seen).contains("by hand");
    }

    @Test
    void aPartOfWhatIsKeptCanBeRead() throws IOException {
        write("0123456789");
        for (int i = 0; i < 3; i++) {
            try (ObjectContent content = store.open(KEY, 3, 4).orElseThrow()) {
                assertThat(content.stream().readAllBytes()).asString().isEqualTo("3456");
                assertThat(content.stat().size()).isEqualTo(10);
            }
            try (ObjectContent content = store.open(KEY, 20, 4).orElseThrow()) {
                assertThat(content.stream().readAllBytes()).isEmpty();
            }
        }
    }
}
