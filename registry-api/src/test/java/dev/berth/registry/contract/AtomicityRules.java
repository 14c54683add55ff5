package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectUpload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Readers beside writers: each sees the old object or the new one. */
abstract class AtomicityRules extends StoreRules {
    private static final int[] SIZES = {200_000, 20, 65_536, 1_000, 140_000, 64, 4_096};
    private static final int WRITERS = 3;
    private static final int READERS = 3;

    private final AtomicInteger uploads = new AtomicInteger();

    AtomicityRules(ObjectStoreContract contract) {
        super(contract);
    }

    @Test
    void whatIsReplacedIsNeverMixedAndNeverMissing() throws Exception {
        ObjectKey key = key("atomic/replaced");
        put(key, content(0, 0));
        try (Background readers = Background.repeat(READERS, (reader, round) -> {
            assertThat(store().stat(key)).as("an object that is being replaced").isPresent();
            assertThat(tree("atomic/")).containsExactly(key.value());
            Optional<ObjectContent> opened = store().open(key);
            assertThat(opened).as("an object that is being replaced").isPresent();
            assertIntactOrFailed(opened.get());
        })) {
            Racers.race(WRITERS, writer -> {
                for (int round = 0; round < 5 * contract.rounds(); round++) {
                    write(key, content(writer, round), round);
                }
                return null;
            });
        }
    }

    @Test
    void whatIsReplacedAndDeletedIsNeverMixed() throws Exception {
        ObjectKey key = key("atomic/deleted");
        try (Background readers = Background.repeat(READERS, (reader, round) -> {
                    Optional<ObjectContent> opened = store().open(key);
                    opened.ifPresent(AtomicityRules::assertIntactOrFailed);
                });
                Background deleter = Background.repeat(2, (thread, round) -> {
                    if (thread == 0) {
                        store().delete(key);
                    } else {
                        store().deleteTree(KeyPrefix.of("atomic/"));
                    }
                })) {
            Racers.race(WRITERS, writer -> {
                for (int round = 0; round < 5 * contract.rounds(); round++) {
                    write(key, content(writer, round), round);
                }
                return null;
            });
        }
        byte[] last = content(1, 1);
        put(key, last);
        assertThat(readExisting(key)).isEqualTo(last);
    }

    @Test
    void aReaderGoesOnWithWhatItOpenedOrFails() throws Exception {
        byte[] old = Contents.selfDescribing(1, 500_000);
        for (int change = 0; change < 4; change++) {
            ObjectKey key = key("atomic/" + change + "/opened");
            put(key, old);
            try (ObjectContent content = store().open(key).orElseThrow()) {
                byte[] head = content.stream().readNBytes(100);
                switch (change) {
                    case 0 -> put(key, Contents.selfDescribing(2, 500_000));
                    case 1 -> put(key, new byte[0]);
                    case 2 -> store().delete(key);
                    default -> upload(key, Contents.selfDescribing(3, 600_000));
                }
                byte[] tail;
                try {
                    tail = content.stream().readAllBytes();
                } catch (IOException allowed) {
                    continue;
                }
                byte[] whole = Arrays.copyOf(head, head.length + tail.length);
                System.arraycopy(tail, 0, whole, head.length, tail.length);
                assertThat(whole).as("change %s", change).isEqualTo(old);
            }
        }
    }

    @Test
    void writersBesideDeletersOfOtherKeysNeverFail() throws Exception {
        // For stores that have directories: one writer's is empty, and about to go, when another one needs it.
        Racers.race(contract.racers(), racer -> {
            ObjectKey key = key("atomic/deep/er/and/deeper/" + racer);
            for (int round = 0; round < contract.rounds(); round++) {
                byte[] content = Contents.selfDescribing(racer, 20 + round);
                write(key, content, round);
                assertThat(readExisting(key)).isEqualTo(content);
                assertThat(tree("atomic/deep/")).contains(key.value());
                if (round % 3 == 2) {
                    store().deleteTree(KeyPrefix.of("atomic/deep/er/and/nobody/"));
                }
                store().delete(key);
                assertThat(store().stat(key)).isEmpty();
                store().mark(List.of(key));
                assertThat(store().stat(key)).isPresent();
                store().delete(key);
            }
            return null;
        });
        assertHoldsOnly();
    }

    /** Writes in all ways, by turns. */
    private void write(ObjectKey key, byte[] content, int round) throws IOException {
        if (round % 2 == 0) {
            put(key, content);
        } else if (round % 4 == 1 || !store().write(key, new ByteArrayInputStream(content), content.length)) {
            upload(key, content);
        }
    }

    private void upload(ObjectKey key, byte[] content) throws IOException {
        try (ObjectUpload upload = store().startUpload(key("staging/" + uploads.incrementAndGet()))) {
            upload.append(0, new ByteArrayInputStream(content));
            upload.commit(key, content.length);
        }
    }

    private static byte[] content(int writer, int round) {
        return Contents.selfDescribing(1000L * writer + round, SIZES[(writer + round) % SIZES.length]);
    }

    /** Asserts that what is read is one whole version, or that reading fails, which it may when the object changes. */
    private static void assertIntactOrFailed(ObjectContent opened) {
        byte[] bytes;
        try (ObjectContent content = opened) {
            bytes = content.stream().readAllBytes();
        } catch (IOException allowed) {
            return;
        }
        assertThat(opened.stat().size()).isEqualTo(bytes.length);
        assertThat(Contents.isIntact(bytes))
                .as("%s bytes are intact", bytes.length)
                .isTrue();
    }
}
