package dev.berth.registry.host;

import static dev.berth.registry.host.HostedWorld.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Tag;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.quota.QuotaLimit;
import dev.berth.registry.quota.QuotaOptions;
import dev.berth.registry.rules.TagRule;
import dev.berth.registry.rules.TagRules;
import dev.berth.registry.storage.KeyPrefix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Start, end, and parts that fail. */
class HostedLifecycleTest {
    private static final Duration SOON = Duration.ofMillis(1);

    private final HostedWorld world = new HostedWorld();

    @AfterEach
    void close() {
        world.close();
    }

    /** Work that notes what it is told, and fails where it should. */
    private record Noted(String name, List<String> told, String failing) implements BackgroundWork {
        private void note(String call) {
            told.add(name + " " + call);
            if (call.equals(failing)) {
                throw new IllegalStateException(name + " cannot " + call);
            }
        }

        @Override
        public void start() {
            note("start");
        }

        @Override
        public void end() {
            note("end");
        }

        @Override
        public void close() {
            note("close");
        }
    }

    @Test
    void isStartedOnce() {
        HostedRegistry hosted = world.builder().build();
        hosted.start();

        assertThatThrownBy(hosted::start).isInstanceOf(IllegalStateException.class);

        hosted.close();
        assertThatThrownBy(hosted::start).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void isClosedAsOftenAsYouLikeStartedOrNot() {
        List<String> told = new ArrayList<>();
        HostedRegistry hosted =
                world.builder().background(new Noted("a", told, "")).build();

        hosted.close();
        hosted.close();
        hosted.end();

        assertThat(told).containsExactly("a end", "a close");
        assertThat(world.keys()).as("of a store that is open").isNotNull();
    }

    @Test
    void whatWasAddedLastEndsFirst() {
        List<String> told = new ArrayList<>();
        HostedRegistry hosted = world.builder()
                .background(new Noted("a", told, ""))
                .background(new Noted("b", told, ""))
                .build();
        hosted.start();
        hosted.end();
        hosted.close();

        assertThat(told)
                .containsExactly("a start", "b start", "b end", "a end", "b end", "a end", "b close", "a close");
    }

    @Test
    void aPartThatCannotStartKeepsTheRegistryFromStarting() {
        List<String> told = new ArrayList<>();
        HostedRegistry hosted = world.builder()
                .background(new Noted("a", told, ""))
                .background(new Noted("b", told, "start"))
                .build();

        assertThatThrownBy(hosted::start).hasMessage("b cannot start");
        hosted.close();

        assertThat(told).containsSubsequence("b close", "a close");
        assertThat(world.scheduler.scheduled()).isZero();
    }

    @Test
    void aPartThatCannotEndKeepsNoOtherFromIt() {
        List<String> told = new ArrayList<>();
        HostedRegistry hosted = world.builder()
                .background(new Noted("a", told, ""))
                .background(new Noted("b", told, "end"))
                .background(new Noted("c", told, "close"))
                .build();
        hosted.start();

        assertThatCode(hosted::close).doesNotThrowAnyException();

        assertThat(told).contains("a end", "a close", "b close");
        assertThat(world.scheduler.scheduled()).isZero();
    }

    @Test
    void aLayerThatCannotBeMadeClosesThoseBehindIt() {
        List<String> told = new ArrayList<>();
        HostedRegistryBuilder builder = world.builder()
                .storage((inner, host) -> {
                    throw new IllegalStateException("no route");
                })
                .storage((inner, host) -> {
                    host.onClose(() -> told.add("mirror closed"));
                    return inner;
                });

        assertThatThrownBy(builder::build).hasMessage("no route");

        assertThat(told).containsExactly("mirror closed");
    }

    @Test
    void aRunThatFailsIsFollowedByTheNext() {
        AtomicInteger runs = new AtomicInteger();
        List<Error> errors = new ArrayList<>();
        try (HostedRegistry hosted = world.builder()
                .onFatalError(errors::add)
                .repeat("failing", Duration.ofMinutes(1), () -> {
                    switch (runs.incrementAndGet()) {
                        case 1 -> throw RegistryException.of(ErrorCode.UNAVAILABLE, "The store is away");
                        case 2 -> throw new IllegalStateException("a mistake");
                        case 3 -> throw new IllegalStateException(new StackOverflowError());
                        default -> {}
                    }
                })
                .build()) {
            hosted.start();

            world.scheduler.advance(Duration.ofMinutes(5));

            assertThat(runs).hasValue(5);
            assertThat(errors).singleElement().isInstanceOf(StackOverflowError.class);
        }
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("berth-test-")
                        || Set.of("berth-maintenance", "berth-retention", "berth-collection", "berth-quotas")
                                .contains(name))
                .collect(Collectors.toSet());
    }

    @Test
    void threadsExistFromTheStartToTheEnd() throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        try (MemoryObjectStore store = MemoryObjectStore.create()) {
            HostedRegistry hosted = HostedRegistry.builder(store)
                    .rules(TagRules.of(TagRule.delete("all").build()))
                    .quotas(QuotaOptions.of(QuotaLimit.bytes(NamePattern.all(), 1_000)))
                    .collection(CollectionSchedule.defaults())
                    .repeat("test-repeated", SOON, ran::countDown)
                    .build();
            assertThat(threads()).doesNotContain("berth-test-repeated");

            hosted.start();
            assertThat(ran.await(1, TimeUnit.MINUTES)).isTrue();
            assertThat(threads())
                    .contains(
                            "berth-test-repeated",
                            "berth-maintenance",
                            "berth-retention",
                            "berth-collection",
                            "berth-quotas");

            hosted.close();
            awaitNoThread("berth-test-repeated");
        }
    }

    private static void awaitNoThread(String name) throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals(name)) {
                thread.join(60_000);
                assertThat(thread.isAlive()).isFalse();
            }
        }
    }

    @Test
    void aRunThatTakesLongIsInterruptedAtTheEnd() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        try (MemoryObjectStore store = MemoryObjectStore.create()) {
            HostedRegistry hosted = HostedRegistry.builder(store)
                    .repeat("test-long", SOON, () -> {
                        begun.countDown();
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            interrupted.set(true);
                        }
                    })
                    .build();
            hosted.start();
            assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();

            hosted.close();
            awaitNoThread("berth-test-long");

            assertThat(interrupted).isTrue();
        }
    }

    @Test
    void aReadOnlyRegistryWritesNothing() {
        try (HostedRegistry before = world.builder().build()) {
            world.images.image(before.registry("ci").repository(APP), List.of(100), Tag.parse("v1"));
        }
        List<String> keys = world.keys();
        AtomicInteger runs = new AtomicInteger();

        try (HostedRegistry hosted = world.builder()
                .readOnly()
                .collection(CollectionSchedule.defaults())
                .scrub(ScrubSchedule.defaults())
                .rules(TagRules.of(TagRule.delete("all").build()))
                .quotas(QuotaOptions.of(QuotaLimit.bytes(NamePattern.all(), 1_000)))
                .countPulls(Duration.ofSeconds(30))
                .repeat("writing", Duration.ofSeconds(30), runs::incrementAndGet)
                .build()) {
            hosted.start();
            assertThat(HostedWorld.status(hosted.handler(), "GET", "/v2/team/app/manifests/v1"))
                    .isEqualTo(200);
            assertThat(HostedWorld.pushBlob(hosted.handler(), 10)).isEqualTo(405);
            assertThatThrownBy(
                            () -> hosted.registry("ci").repository(APP).tags().delete(Tag.parse("v1")))
                    .isInstanceOf(RegistryException.class);
            world.scheduler.advance(Duration.ofDays(2));
            assertThat(hosted.quotas()).isEmpty();
        }

        assertThat(world.keys()).isEqualTo(keys);
        assertThat(runs).hasValue(0);
    }

    @Test
    void aMissingIndexIsBuiltByTheStart() throws Exception {
        try (HostedRegistry before = world.builder().build()) {
            world.images.image(before.registry("ci").repository(APP), List.of(100), Tag.parse("v1"));
        }
        world.store.deleteTree(KeyPrefix.of("_berth/index/"));

        try (HostedRegistry hosted = world.builder().readOnly().build()) {
            assertThat(hosted.engine().indexComplete()).isFalse();
            hosted.start();
            world.scheduler.advance(Duration.ZERO);

            assertThat(hosted.engine().indexComplete()).isTrue();
            assertThat(hosted.engine().repositories().stream()).containsExactly(APP);
            assertThat(world.scheduler.scheduled()).as("once").isZero();
        }
    }
}
