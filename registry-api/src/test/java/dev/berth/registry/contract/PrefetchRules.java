package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.Prefetch;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Readings that may begin before it is known whether they are wanted. */
abstract class PrefetchRules extends StoreRules {
    private static final ObjectKey KEY = key("prefetch/object");

    private final byte[] bytes = Contents.random(1, 200_000);
    private final AtomicInteger discarded = new AtomicInteger();

    PrefetchRules(ObjectStoreContract contract) {
        super(contract);
    }

    private Prefetch<Optional<ObjectContent>> opening() {
        return store().prefetch(() -> store().open(KEY), content -> {
            discarded.incrementAndGet();
            content.ifPresent(ObjectContent::close);
        });
    }

    @Test
    void whatIsAskedForIsTheCallers() throws IOException {
        put(KEY, bytes);
        ObjectContent content;
        try (Prefetch<Optional<ObjectContent>> opening = opening()) {
            content = opening.get().orElseThrow();
        }
        try (content) {
            assertThat(content.stream().readAllBytes()).isEqualTo(bytes);
        }
        assertThat(discarded).hasValue(0);
    }

    @Test
    void whatIsNotAskedForIsNotMissed() throws IOException {
        put(KEY, bytes);
        // Often enough that what is never closed would be noticed.
        for (int i = 0; i < 50; i++) {
            Prefetch<Optional<ObjectContent>> opening = opening();
            opening.close();
            opening.close();
        }
        assertThat(readExisting(KEY)).isEqualTo(bytes);
    }

    @Test
    void aFailureIsTheOneOfTheReading() {
        IOException failure = new IOException("broken");
        assertThatIOException()
                .isThrownBy(() -> store().prefetch(
                                () -> {
                                    throw failure;
                                },
                                nothing -> {})
                        .get())
                .isSameAs(failure);
        IllegalStateException bug = new IllegalStateException("a bug");
        assertThatThrownBy(() -> store().prefetch(
                                () -> {
                                    throw bug;
                                },
                                nothing -> {})
                        .get())
                .isSameAs(bug);
    }

    @Test
    void whatComesAfterItWasGivenUpIsClosed() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Prefetch<String> prefetch = store().prefetch(
                        () -> {
                            begun.countDown();
                            try {
                                goOn.await();
                            } catch (InterruptedException e) {
                                throw new IOException(e);
                            }
                            return "late";
                        },
                        late -> closed.countDown());
        boolean begins = contract.readsAhead();
        assertThat(prefetch.started()).isEqualTo(begins);
        if (begins) {
            assertThat(begun.await(1, TimeUnit.MINUTES)).as("reads by itself").isTrue();
        }
        prefetch.close();
        goOn.countDown();
        if (begins) {
            assertThat(closed.await(1, TimeUnit.MINUTES)).as("closed").isTrue();
        } else {
            assertThat(begun.getCount()).as("never began").isEqualTo(1);
        }
    }

    @Test
    void asManyAsOneLikesMayBeUnderWay() throws IOException {
        put(KEY, bytes);
        for (int i = 0; i < 20; i++) {
            try (Prefetch<Optional<ObjectContent>> one = opening();
                    Prefetch<Optional<ObjectContent>> two = opening();
                    Prefetch<Optional<ObjectContent>> three = opening()) {
                try (ObjectContent content = two.get().orElseThrow()) {
                    assertThat(content.stream().readNBytes(10)).hasSize(10);
                }
                one.get().orElseThrow().close();
            }
        }
    }
}
