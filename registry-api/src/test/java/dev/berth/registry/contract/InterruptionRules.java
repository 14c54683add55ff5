package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A thread that is interrupted fails with an {@link IOException} or not at all, and alone. */
abstract class InterruptionRules extends UploadRulesBase {
    private static final int VICTIMS = 3;

    private final Queue<ObjectKey> uploads = new ConcurrentLinkedQueue<>();

    InterruptionRules(ObjectStoreContract contract) {
        super(contract);
    }

    @Test
    void callsOfAnInterruptedThreadHarmNobody() throws Exception {
        ObjectKey shared = key("interrupted/shared");
        byte[] content = Contents.random(1, 150_000);
        put(shared, content);
        try (Background bystanders = Background.repeat(2, (thread, round) -> useStore(thread, shared, content))) {
            Racers.race(VICTIMS, victim -> {
                for (int round = 0; round < contract.rounds(); round++) {
                    for (int call = 0; call < 7; call++) {
                        Thread.currentThread().interrupt();
                        try {
                            call(victim, call, shared);
                        } catch (IOException interrupted) {
                            // Allowed: the next reading tells whether the change has happened.
                        } finally {
                            Thread.interrupted();
                        }
                    }
                }
                return null;
            });
        }
        assertEverythingWorks(shared, content);
    }

    @Test
    void interruptsAtAnyTimeHarmNobody() throws Exception {
        ObjectKey shared = key("interrupted/shared");
        byte[] content = Contents.random(2, 150_000);
        put(shared, content);
        AtomicReference<Thread> victim = new AtomicReference<>();
        CountDownLatch running = new CountDownLatch(1);
        try (Background bystander = Background.repeat(1, (thread, round) -> useStore(thread, shared, content))) {
            Racers.raceAll(List.of(
                    () -> {
                        victim.set(Thread.currentThread());
                        running.countDown();
                        for (int call = 0; call < 30 * contract.rounds(); call++) {
                            try {
                                call(0, call % 7, shared);
                            } catch (IOException interrupted) {
                                // Allowed: the next reading tells whether the change has happened.
                            }
                        }
                        victim.set(null);
                        return null;
                    },
                    () -> {
                        running.await();
                        for (Thread thread = victim.get(); thread != null; thread = victim.get()) {
                            thread.interrupt();
                            // Something that takes about as long as a call, so that interrupts hit all its places.
                            assertThat(store().stat(shared)).isPresent();
                        }
                        return null;
                    }));
        }
        assertEverythingWorks(shared, content);
    }

    @Test
    void anAppendThatIsInterruptedCanBeContinued() throws Exception {
        byte[] content = Contents.random(3, 300_000);
        UploadStreams.Gated gated = new UploadStreams.Gated(content, 150_000);
        try (ObjectUpload upload = store().startUpload(STAGING)) {
            AtomicReference<Thread> appending = new AtomicReference<>();
            Racers.raceAll(List.of(
                    () -> {
                        appending.set(Thread.currentThread());
                        assertThatIOException()
                                .isThrownBy(() -> upload.append(0, gated))
                                .isInstanceOf(InterruptedIOException.class);
                        return null;
                    },
                    () -> {
                        gated.awaitReached();
                        appending.get().interrupt();
                        return null;
                    }));
        }
        try (ObjectUpload upload = resume(STAGING)) {
            int size = (int) upload.size();
            assertThat(size).isEqualTo(150_000);
            upload.append(size, stream(Arrays.copyOfRange(content, size, content.length)));
            upload.commit(TARGET, content.length);
        }
        assertThat(readExisting(TARGET)).isEqualTo(content);
    }

    /** One of the calls that block, on this victim's keys. */
    private void call(int victim, int call, ObjectKey shared) throws IOException {
        ObjectKey mine = key("interrupted/" + victim + "/put");
        switch (call) {
            case 0 -> store().put(mine, Contents.selfDescribing(call, 100_000), PutCondition.always());
            case 1 -> {
                Optional<ObjectContent> opened = store().open(shared);
                if (opened.isPresent()) {
                    try (ObjectContent content = opened.get()) {
                        content.stream().readAllBytes();
                    }
                }
            }
            case 2 -> {
                try (ObjectUpload upload = store().startUpload(newStaging())) {
                    upload.append(0, stream(Contents.selfDescribing(call, 90_000)));
                    upload.commit(key("interrupted/" + victim + "/upload"), 90_000);
                }
            }
            case 3 -> tree("interrupted/");
            case 4 -> store().mark(List.of(key("interrupted/" + victim + "/mark")));
            case 5 ->
                store().write(
                                key("interrupted/" + victim + "/write"),
                                stream(Contents.selfDescribing(call, 95_000)),
                                95_000);
            default -> store().delete(mine);
        }
    }

    /** What a thread that nobody interrupts does at the same time: all of it must work. */
    private void useStore(int thread, ObjectKey shared, byte[] content) throws IOException {
        assertThat(readExisting(shared)).isEqualTo(content);
        ObjectKey mine = key("interrupted/bystander" + thread);
        put(mine, content);
        assertThat(readExisting(mine)).isEqualTo(content);
        assertThat(tree("interrupted/")).contains(shared.value(), mine.value());
        try (ObjectUpload upload = store().startUpload(newStaging())) {
            upload.append(0, stream(content));
            upload.commit(mine, content.length);
        }
    }

    private ObjectKey newStaging() {
        ObjectKey staging = key("staging/" + UUID.randomUUID());
        uploads.add(staging);
        return staging;
    }

    private void assertEverythingWorks(ObjectKey shared, byte[] content) throws IOException {
        useStore(9, shared, content);
        for (int victim = 0; victim < VICTIMS; victim++) {
            for (String name : List.of("put", "upload", "write")) {
                Optional<byte[]> found = read(key("interrupted/" + victim + "/" + name));
                assertThat(found.isEmpty() || Contents.isIntact(found.get()))
                        .as("%s of victim %s is there as a whole or not at all", name, victim)
                        .isTrue();
            }
        }
        for (ObjectKey staging : uploads) {
            Optional<ObjectUpload> left = store().resumeUpload(staging);
            if (left.isPresent()) {
                left.get().abort();
                left.get().close();
            }
        }
        assertThat(tree("staging/"))
                .as("what is left of uploads that were all ended")
                .isEmpty();
    }
}
