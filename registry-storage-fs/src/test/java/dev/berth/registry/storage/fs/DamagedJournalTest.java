package dev.berth.registry.storage.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal that something has damaged is refused in one sentence, and not taken for one that ends early. */
class DamagedJournalTest {
    private static final int HEADER = 120;
    private static final int CONTENT = 1000;

    @TempDir
    private Path temp;

    private Path copy;
    private Path journal;

    /** Makes what a power cut may leave: a journal, and none of the files that it is about. */
    @BeforeEach
    void cutThePower() throws IOException {
        copy = temp.resolve("copy");
        journal = copy.resolve(".berth-journal/1.journal");
        Path root = temp.resolve("store");
        try (FileObjectStore store = FileObjectStore.open(root)) {
            for (int i = 0; i < 3; i++) {
                store.put(key(i), new byte[CONTENT], PutCondition.always());
            }
            Files.createDirectories(journal.getParent());
            Files.copy(root.resolve(".berth-journal/1.journal"), journal);
        }
    }

    private static ObjectKey key(int i) {
        return ObjectKey.of("x/" + i);
    }

    private void write(int position, byte[] bytes) throws IOException {
        byte[] all = Files.readAllBytes(journal);
        System.arraycopy(bytes, 0, all, position, bytes.length);
        Files.write(journal, all);
    }

    private long found() throws IOException {
        try (FileObjectStore store = FileObjectStore.open(copy)) {
            return Stream.of(0, 1, 2)
                    .filter(i -> Files.isRegularFile(copy.resolve("x/" + i)))
                    .count();
        }
    }

    private void assertRefused(String reason) {
        assertThatIOException()
                .isThrownBy(() -> FileObjectStore.open(copy))
                .withMessageStartingWith("The directory '" + copy + "' cannot be written: ")
                .withMessageContaining(reason);
        assertThat(Files.exists(journal)).isTrue();
    }

    @Test
    void isAppliedIfItIsWhole() throws IOException {
        assertThat(found()).isEqualTo(3);
    }

    @Test
    void isRefusedIfAChangeIsDamagedThatIsNotTheLast() throws IOException {
        write(HEADER + CONTENT / 2, new byte[] {1, 2, 3});
        assertRefused("1.journal' of the journal is damaged at byte " + HEADER + ", before changes that were durable");
    }

    @Test
    void isRefusedIfTheLengthOfAChangeIsDamaged() throws IOException {
        write(HEADER, new byte[] {1, 2, 3, 4, 5});
        assertRefused("is damaged at byte " + HEADER);
    }

    @Test
    void isRefusedIfItsBeginIsDamaged() throws IOException {
        write(30, "damage".getBytes(StandardCharsets.US_ASCII));
        assertRefused("is damaged at byte " + HEADER);
    }

    @Test
    void endsWhereItsLastChangeIsNotWhole() throws IOException {
        byte[] all = Files.readAllBytes(journal);
        int last = all.length - 1;
        while (all[last] == 0) {
            last--;
        }
        // The content is zeros: this is in what stands before it.
        write(last, new byte[] {(byte) (all[last] + 1)});
        assertThat(found()).isEqualTo(2);
    }

    @Test
    void endsAtOnceIfNothingWasWritten() throws IOException {
        Files.write(journal, new byte[CONTENT]);
        assertThat(found()).isZero();
        assertThat(Files.exists(journal)).isFalse();
    }

    @Test
    void hasNothingButFiles() throws IOException {
        Path directory = Files.createDirectory(copy.resolve(".berth-journal/2.journal"));
        assertRefused("'" + directory.toRealPath() + "' is where files of the journal are, and is none: move it away");
    }

    @Test
    void isADirectory() throws IOException {
        Path other = temp.resolve("other");
        Files.move(journal.getParent(), other);
        Files.createSymbolicLink(copy.resolve(".berth-journal"), other);
        assertRefused("' is where the journal is, and is no directory: move it away");
    }
}
