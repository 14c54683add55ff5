package dev.berth.registry.storage.fs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectBatch;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.PutCondition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cuts the power before and after every sync, and whenever a call has returned: what was told is there, everything is whole,
 * and of a call that had not returned there is any part. Set {@code berth.test.powercuts} for more rounds and {@code
 * berth.test.seed} for others.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FilePowerCutTest {
    private static final int ROUNDS = Integer.getInteger("berth.test.powercuts", 3);
    private static final int CALLS = 12;

    @TempDir
    private Path temp;

    private Random random = new Random();
    private long seed;
    private int cuts;

    /** What each key had when the last call returned; what is not in it is absent. */
    private final Map<String, byte[]> told = new HashMap<>();

    /** What a call in progress makes of its keys: null for deleted. */
    private final Map<String, byte[]> progress = new HashMap<>();

    @Test
    void losesNothingThatWasToldAndLeavesNothingInPart() throws Exception {
        seed = Long.getLong("berth.test.seed", System.nanoTime());
        for (int round = 0; round < ROUNDS; round++, seed++) {
            random = new Random(seed);
            told.clear();
            Path root = Files.createDirectories(temp.resolve("store" + round));
            try (PowerCutDisk disk = new PowerCutDisk(root, random)) {
                try (FileObjectStore store = disk.open(random.nextBoolean() ? 20_000 : 1_000_000)) {
                    Thread caller = Thread.currentThread();
                    disk.atEachSync(() -> {
                        // While the thread of a checkpoint syncs, this one changes files.
                        if (Thread.currentThread() == caller && random.nextInt(3) == 0) {
                            cut(disk);
                        }
                    });
                    for (int call = 0; call < CALLS; call++) {
                        call(store);
                        progress.forEach((key, content) -> {
                            if (content == null) {
                                told.remove(key);
                            } else {
                                told.put(key, content);
                            }
                        });
                        progress.clear();
                        cut(disk);
                    }
                }
                disk.atEachSync(null);
                assertThat(root.resolve(".berth-journal")).as("after a close").doesNotExist();
                cut(disk);
            }
        }
        assertThat(cuts).isGreaterThan(ROUNDS * CALLS);
    }

    private void call(FileObjectStore store) throws IOException {
        switch (random.nextInt(6)) {
            case 0 -> {
                ObjectKey key = key();
                byte[] content = content();
                progress.put(key.value(), content);
                store.put(key, content, PutCondition.always());
            }
            case 1 -> {
                ObjectKey key = key();
                progress.put(key.value(), null);
                store.delete(key);
            }
            case 2 -> {
                ObjectKey key = key();
                byte[] content = content();
                progress.put(key.value(), content);
                upload(store, content).commit(key, content.length);
            }
            case 3 -> {
                told.keySet().stream().filter(key -> key.startsWith("b/")).forEach(key -> progress.put(key, null));
                store.deleteTree(KeyPrefix.of("b/"));
            }
            default -> store.apply(batch(store));
        }
    }

    private ObjectBatch batch(FileObjectStore store) throws IOException {
        ObjectBatch.Builder batch = ObjectBatch.builder();
        for (int i = random.nextInt(5); i >= 0; i--) {
            ObjectKey key = key();
            if (progress.containsKey(key.value())) {
                continue;
            }
            byte[] content = content();
            switch (random.nextInt(4)) {
                case 0 -> batch.put(key, content);
                case 1 -> batch.commit(upload(store, content), key, content.length);
                case 2 -> {
                    batch.mark(key);
                    content = told.getOrDefault(key.value(), new byte[0]);
                }
                default -> {
                    batch.delete(key);
                    content = null;
                }
            }
            progress.put(key.value(), content);
        }
        return batch.build();
    }

    private ObjectUpload upload(FileObjectStore store, byte[] content) throws IOException {
        ObjectUpload upload = store.startUpload(ObjectKey.of("staging/" + random.nextInt(3) + "/" + random.nextLong()));
        upload.append(0, new ByteArrayInputStream(content));
        return upload;
    }

    private ObjectKey key() {
        return ObjectKey.of((random.nextBoolean() ? "a/" : "b/") + random.nextInt(3) + "/" + random.nextInt(3));
    }

    /** Small or large for the journal. */
    private byte[] content() {
        byte[] content = new byte[random.nextInt(6) == 0 ? 70_000 : 1 + random.nextInt(5_000)];
        random.nextBytes(content);
        content[0] = 1;
        return content;
    }

    private void cut(PowerCutDisk disk) throws IOException {
        Path copy = temp.resolve("copy" + cuts++);
        disk.copyTo(copy);
        int opened = random.nextInt(4) == 0 ? crashInReplay(copy) : 1;
        for (int i = 0; i < opened; i++) {
            try (FileObjectStore store = new PowerCutDisk(copy, random).open(1_000_000)) {
                check(store);
            }
        }
    }

    /** Lets the power fail again while the store is opened; returns how often to open what that has left. */
    private int crashInReplay(Path copy) throws IOException {
        Path again = temp.resolve("again" + cuts);
        boolean[] done = new boolean[1];
        try (PowerCutDisk disk = new PowerCutDisk(copy, random)) {
            disk.atEachSync(() -> {
                if (!done[0] && random.nextInt(3) == 0) {
                    done[0] = true;
                    disk.copyTo(again);
                }
            });
            disk.open(1_000_000).close();
        }
        if (done[0]) {
            try (FileObjectStore store = new PowerCutDisk(again, random).open(1_000_000)) {
                check(store);
            }
        }
        return 2;
    }

    private void check(FileObjectStore store) throws IOException {
        Set<String> names =
                new HashSet<>(store.list(ListRequest.tree(KeyPrefix.ROOT)).names());
        Set<String> keys = new HashSet<>(names);
        keys.addAll(told.keySet());
        keys.addAll(progress.keySet());
        for (String key : keys) {
            List<Optional<String>> allowed = new ArrayList<>();
            allowed.add(text(told.get(key)));
            if (progress.containsKey(key)) {
                allowed.add(text(progress.get(key)));
            }
            Optional<String> found = read(store, key);
            assertThat(allowed)
                    .as("seed %d, cut %d, '%s' with %s", seed, cuts, key, found)
                    .contains(found);
            assertThat(names.contains(key)).isEqualTo(found.isPresent());
        }
    }

    private static Optional<String> read(FileObjectStore store, String key) throws IOException {
        Optional<ObjectContent> content = store.open(ObjectKey.of(key));
        if (content.isEmpty()) {
            return Optional.empty();
        }
        try (ObjectContent open = content.get()) {
            return text(open.stream().readAllBytes());
        }
    }

    private static Optional<String> text(byte[] content) {
        return Optional.ofNullable(content).map(bytes -> bytes.length + " " + Arrays.hashCode(bytes));
    }
}
