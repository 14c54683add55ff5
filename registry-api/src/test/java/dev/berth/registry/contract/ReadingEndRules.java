package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Closing what is read: late, early, twice, and by another thread. */
abstract class ReadingEndRules extends StoreRules {
    private static final ObjectKey KEY = key("reading/object");
    private static final int LARGE = 1024 * 1024;

    ReadingEndRules(ObjectStoreContract contract) {
        super(contract);
    }

    @Test
    void closesTwice() throws IOException {
        put(KEY, new byte[LARGE]);
        ObjectContent content = store().open(KEY).orElseThrow();
        content.stream().close();
        content.stream().close();
        content.close();
        content.close();
        ObjectContent unread = store().open(KEY).orElseThrow();
        unread.close();
        unread.close();
        assertThat(readExisting(KEY)).hasSize(LARGE);
    }

    @Test
    void releasesEverythingWhenClosedEarly() throws IOException {
        put(KEY, new byte[LARGE]);
        // More than any pool of connections or limit of open files that a test runs with by default.
        for (int i = 0; i < 300; i++) {
            ObjectContent content = store().open(KEY).orElseThrow();
            switch (i % 4) {
                case 0 -> content.close();
                case 1 -> {
                    content.stream();
                    content.close();
                }
                case 2 -> {
                    assertThat(content.stream().read()).isZero();
                    content.close();
                }
                default -> {
                    assertThat(content.stream().read()).isZero();
                    content.stream().close();
                }
            }
        }
        assertThat(readExisting(KEY)).hasSize(LARGE);
    }

    @Test
    void readingAfterCloseFails() throws IOException {
        put(KEY, new byte[LARGE]);
        ObjectContent content = store().open(KEY).orElseThrow();
        InputStream stream = content.stream();
        assertThat(stream.readNBytes(1000)).hasSize(1000);
        content.close();
        assertThatIOException().isThrownBy(stream::read);
        assertThatIOException().isThrownBy(() -> stream.read(new byte[10]));
        assertThatIOException().isThrownBy(() -> content.transferTo(new ByteArrayOutputStream()));
        ObjectContent unread = store().open(KEY).orElseThrow();
        unread.close();
        assertThatIOException().isThrownBy(() -> unread.stream().read());
    }

    @Test
    void closingFromAnotherThreadEndsTheReading() throws Exception {
        put(KEY, new byte[LARGE]);
        ObjectContent content = store().open(KEY).orElseThrow();
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Racers.raceAll(List.of(
                () -> {
                    InputStream stream = content.stream();
                    assertThat(stream.read()).isZero();
                    reading.countDown();
                    closed.await();
                    assertThatIOException().isThrownBy(stream::readAllBytes);
                    return null;
                },
                () -> {
                    reading.await();
                    content.close();
                    closed.countDown();
                    return null;
                }));
    }

    @Test
    void aReaderThatIsClosedAtAnyTimeNeverTakesAPartForTheWhole() throws Exception {
        byte[] bytes = Contents.random(4, LARGE);
        put(KEY, bytes);
        for (int round = 0; round < contract.rounds(); round++) {
            ObjectContent content = store().open(KEY).orElseThrow();
            Racers.raceAll(List.of(
                    () -> {
                        byte[] got;
                        try {
                            got = content.stream().readAllBytes();
                        } catch (IOException closed) {
                            return null;
                        }
                        assertThat(got).isEqualTo(bytes);
                        return null;
                    },
                    () -> {
                        content.close();
                        return null;
                    }));
        }
    }
}
