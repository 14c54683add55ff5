package dev.berth.registry.storage.fs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.PutCondition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process in the middle of writing, again and again in the same directory, and looks whether all that it had
 * been told to be done is done, and nothing is half done.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class FileCrashTest {
    private static final int ROUNDS = 12;
    private static final int WRITERS = 3;

    @TempDir
    private Path root;

    /** Writes for ever, and prints a line for what is done. */
    static final class Writer {
        public static void main(String[] arguments) throws Exception {
            FileObjectStore store = FileObjectStore.open(Path.of(arguments[0]));
            long round = Long.parseLong(arguments[1]);
            System.out.println("open");
            ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                writers.add(threads.submit(() -> write(store, round, writer)));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        }

        private static Void write(FileObjectStore store, long round, int writer) throws IOException {
            for (int i = 0; ; i++) {
                long number = (round << 40) | ((long) writer << 32) | i;
                String name = Long.toHexString(number);
                ObjectKey put = ObjectKey.of("new/" + i % 16 + "/" + name);
                store.put(put, content(number), PutCondition.ifAbsent());
                System.out.println("put " + put + " " + number);

                ObjectKey replaced = ObjectKey.of("replaced/" + writer);
                store.put(replaced, content(number), PutCondition.always());
                System.out.println("replaced " + replaced + " " + number);

                List<ObjectKey> marks =
                        List.of(ObjectKey.of("marks/" + name + "/a"), ObjectKey.of("marks/" + i % 8 + "/b" + name));
                store.mark(marks);
                marks.forEach(mark -> System.out.println("mark " + mark + " 0"));

                byte[] content = content(number);
                ObjectKey staging = ObjectKey.of("staging/" + name);
                ObjectUpload upload = store.startUpload(staging);
                System.out.println("started " + staging + " " + number);
                upload.append(0, new ByteArrayInputStream(content, 0, content.length / 2));
                upload.append(
                        content.length / 2, new ByteArrayInputStream(content, content.length / 2, content.length));
                System.out.println("appended " + staging + " " + number);
                upload.commit(ObjectKey.of("uploaded/" + name), content.length);
                System.out.println("put uploaded/" + name + " " + number);

                ObjectKey deleted = ObjectKey.of("deleted/" + name + "/x");
                store.put(deleted, content, PutCondition.ifAbsent());
                store.delete(deleted);
                System.out.println("deleted " + deleted + " 0");
            }
        }
    }

    /** Content that tells what it should be. */
    private static byte[] content(long number) {
        byte[] content = new byte[8 + (int) (Math.floorMod(number * 31, 200_000L))];
        new Random(number).nextBytes(content);
        ByteBuffer.wrap(content).putLong(number);
        return content;
    }

    @Test
    void whatWasAcknowledgedIsThereAndNothingIsHalfDone() throws Exception {
        Random random = new Random(Long.getLong("berth.test.seed", 42));
        Map<String, Long> present = new HashMap<>();
        Map<String, Long> replaced = new HashMap<>();
        Set<String> deleted = new HashSet<>();
        for (int round = 1; round <= ROUNDS; round++) {
            try (ChildJvm writer = ChildJvm.start(Writer.class, root, round)) {
                assertThat(writer.line()).isEqualTo("open");
                int lines = 1 + random.nextInt(150);
                for (String line = writer.line(); line != null; line = writer.line()) {
                    if (lines-- == 0) {
                        writer.kill();
                    }
                    String[] words = line.split(" ");
                    long number = Long.parseLong(words[2]);
                    switch (words[0]) {
                        case "put", "mark" -> present.put(words[1], number);
                        case "replaced" -> replaced.put(words[1], number);
                        case "deleted" -> deleted.add(words[1]);
                        default -> {}
                    }
                }
            }
            try (FileObjectStore store = FileObjectStore.open(root)) {
                assertThat(root.resolve(".berth-tmp")).isEmptyDirectory();
                List<String> names = listAll(store);
                assertThat(names).containsAll(present.keySet()).doesNotContainAnyElementsOf(deleted);
                for (String name : names) {
                    assertIntact(store, name, present, replaced);
                }
                finishUploads(store, names, present);
            }
        }
        assertThat(present).hasSizeGreaterThan(ROUNDS);
    }

    private static void assertIntact(
            FileObjectStore store, String name, Map<String, Long> present, Map<String, Long> replaced)
            throws IOException {
        byte[] found;
        try (ObjectContent content = store.open(ObjectKey.of(name)).orElseThrow()) {
            found = content.stream().readAllBytes();
        }
        if (name.startsWith("marks/")) {
            assertThat(found).isEmpty();
        } else if (!name.startsWith("staging/")) {
            assertThat(found).as(name).hasSizeGreaterThanOrEqualTo(8);
            long number = ByteBuffer.wrap(found).getLong();
            assertThat(Arrays.equals(found, content(number)))
                    .as("%s is whole", name)
                    .isTrue();
            if (present.containsKey(name)) {
                assertThat(number).as(name).isEqualTo(present.get(name));
            }
            if (replaced.containsKey(name)) {
                assertThat(number).as("%s, or what came later", name).isGreaterThanOrEqualTo(replaced.get(name));
            }
        }
    }

    /** Each upload that was cut has the beginning of its content, and goes on. */
    private static void finishUploads(FileObjectStore store, List<String> names, Map<String, Long> present)
            throws IOException {
        for (String name : names) {
            if (name.startsWith("staging/")) {
                ObjectKey staging = ObjectKey.of(name.substring(0, name.lastIndexOf('/')));
                long number = Long.parseLong(staging.value().substring("staging/".length()), 16);
                byte[] content = content(number);
                try (ObjectUpload upload = store.resumeUpload(staging).orElseThrow()) {
                    int size = (int) upload.size();
                    assertThat(upload.open().readAllBytes()).isEqualTo(Arrays.copyOf(content, size));
                    upload.append(size, new ByteArrayInputStream(content, size, content.length - size));
                    String target = "uploaded/" + Long.toHexString(number);
                    upload.commit(ObjectKey.of(target), content.length);
                    present.put(target, number);
                }
            }
        }
    }

    private static List<String> listAll(FileObjectStore store) throws IOException {
        List<String> names = new ArrayList<>();
        ListRequest request = ListRequest.tree(KeyPrefix.ROOT);
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
