package dev.berth.registry.audit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.berth.registry.RegistryException;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.audit.AuditOrigin;
import dev.berth.registry.engine.CountingStore;
import dev.berth.registry.fixtures.NodeStore;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The audit that is kept: its order, its bounds, what it costs, and what becomes of it when something fails. */
class AuditStoreTest {
    private static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");

    private final ObjectStore store = MemoryObjectStore.create();
    private Instant now = BEGIN;

    private AuditStoreOptions.Builder options() {
        return AuditStoreOptions.builder().clock(() -> now);
    }

    private AuditStore node() {
        return AuditStore.over(store, options().build());
    }

    private AuditEvent event(int number) {
        return event(number, "alice", "team/app", AuditEvent.Type.DELETION);
    }

    private AuditEvent event(int number, String caller, String repository, AuditEvent.Type type) {
        return new AuditEvent(
                now, type, AuditOrigin.ofCaller(caller), repository, "event " + number, AuditEvent.Outcome.DONE, "");
    }

    private static List<String> targets(List<AuditEvent> events) {
        return events.stream().map(AuditEvent::target).toList();
    }

    /** Reads to the end, in pages. */
    private static List<AuditEvent> all(AuditStore audit, int limit) {
        List<AuditEvent> events = new ArrayList<>();
        AuditQuery query = AuditQuery.newest(limit);
        while (true) {
            AuditPage page = audit.page(query);
            assertThat(page.events()).hasSizeLessThanOrEqualTo(limit);
            events.addAll(page.events());
            if (page.next().isEmpty()) {
                return events;
            }
            query = query.after(page.next().get());
        }
    }

    private List<String> keys() throws IOException {
        return store.list(ListRequest.tree(Keys.AUDIT)).names();
    }

    @Test
    void theNewestIsFirstAndNothingIsLostInPages() {
        AuditStore audit = node();
        for (int i = 0; i < 25; i++) {
            audit.on(event(i));
            now = now.plusSeconds(i % 3);
            if (i % 4 == 0) {
                audit.flush();
            }
        }
        audit.flush();

        List<String> expected = new ArrayList<>();
        for (int i = 24; i >= 0; i--) {
            expected.add("event " + i);
        }
        for (int limit : List.of(1, 2, 7, 25, 100)) {
            assertThat(targets(all(audit, limit))).as("pages of %d", limit).isEqualTo(expected);
        }
        assertThat(audit.page(AuditQuery.newest(25)).next())
                .as("no page of nothing follows")
                .isEmpty();
    }

    @Test
    void whatIsToldIsReadAgainAsItWas() throws IOException {
        String hostile = "<script>\u202E\u0000\n\"'& é";
        AuditEvent told = new AuditEvent(
                now.plusNanos(123_456_789),
                AuditEvent.Type.ACCESS_REFUSED,
                new AuditOrigin(
                        hostile, Optional.of(InetAddress.getByName("2001:db8::7")), "request-1", "personal token"),
                "team/app",
                hostile,
                AuditEvent.Outcome.REFUSED,
                "x".repeat(2000));
        AuditStore audit = node();
        audit.on(told);
        audit.flush();

        AuditEvent read = node().page(AuditQuery.newest(1)).events().get(0);
        assertThat(read).isEqualTo(told);
    }

    /** Clocks differ by half a second, times are equal, hours change, and objects are merged in between. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void eventsOfManyNodesAreReadInTheOrderOfTheirTimes(long seed) {
        Random random = new Random(seed);
        List<AuditStore> nodes = List.of(node(), node(), node());
        List<AuditEvent> told = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            AuditStore audit = nodes.get(random.nextInt(3));
            AuditEvent event = new AuditEvent(
                    now.plusMillis(random.nextInt(500)),
                    AuditEvent.Type.CHANGE,
                    AuditOrigin.none(),
                    "",
                    "event " + i,
                    AuditEvent.Outcome.DONE,
                    "");
            audit.on(event);
            told.add(event);
            now = now.plusMillis(random.nextInt(60_000));
            if (random.nextInt(5) == 0) {
                audit.flush();
            }
            if (random.nextInt(60) == 0) {
                nodes.get(random.nextInt(3)).maintain();
            }
        }
        nodes.forEach(AuditStore::flush);

        List<Instant> times = told.stream()
                .map(AuditEvent::time)
                .sorted(Comparator.reverseOrder())
                .toList();
        List<AuditEvent> read = all(nodes.get(0), 1 + random.nextInt(50));
        assertThat(read).extracting(AuditEvent::time).isEqualTo(times);
        assertThat(read).containsExactlyInAnyOrderElementsOf(told);

        now = now.plus(Duration.ofHours(1));
        node().maintain();
        assertThat(all(node(), 1000)).isEqualTo(read);
    }

    @Test
    void eventsAreFoundByCallerRepositoryAndType() {
        AuditStore audit = node();
        for (int i = 0; i < 300; i++) {
            audit.on(event(
                    i,
                    i % 2 == 0 ? "alice" : "bob",
                    i % 3 == 0 ? "team/app" : "team/web",
                    i % 5 == 0 ? AuditEvent.Type.CHANGE : AuditEvent.Type.DELETION));
            now = now.plusSeconds(10);
        }
        audit.flush();
        AuditQuery query = new AuditQuery(
                Optional.of("bob"),
                Optional.of("team/app"),
                Set.of(AuditEvent.Type.CHANGE, AuditEvent.Type.POLICY),
                Optional.empty(),
                3);

        assertThat(targets(audit.page(query).events())).containsExactly("event 285", "event 255", "event 225");
        assertThat(targets(audit.page(query.after(audit.page(query).next().orElseThrow()))
                        .events()))
                .containsExactly("event 195", "event 165", "event 135");
    }

    @Test
    void toldEventsWaitForNoStore() {
        CountingStore counted = new CountingStore(store);
        AuditStore audit = AuditStore.over(counted, options().build());
        for (int i = 0; i < 1000; i++) {
            audit.on(event(i));
        }
        assertThat(counted.calls()).isEmpty();
        audit.flush();
        assertThat(counted.calls()).as("all of them in one object").hasSize(1);
        audit.flush();
        assertThat(counted.calls()).as("nothing new").hasSize(1);
    }

    @Test
    void aPageOfAnOldHourCostsFewReadsAfterAMerge() {
        AuditStore audit = node();
        for (int i = 0; i < 1000; i++) {
            audit.on(event(i));
            audit.flush();
            now = now.plusSeconds(3);
        }
        now = now.plus(Duration.ofHours(1));
        List<AuditEvent> before = all(audit, 100);
        audit.maintain();

        CountingStore counted = new CountingStore(store);
        AuditStore reader = AuditStore.over(counted, options().build());
        AuditPage page = reader.page(AuditQuery.newest(100));
        assertThat(counted.calls()).hasSizeLessThanOrEqualTo(6);
        assertThat(page.events()).isEqualTo(before.subList(0, 100));
        counted.reset();
        reader.page(AuditQuery.newest(100).after(page.next().orElseThrow()));
        assertThat(counted.calls()).hasSizeLessThanOrEqualTo(6);
        assertThat(all(reader, 100)).isEqualTo(before);
    }

    /** Whoever looks for what is rare reads on, a bounded piece at a time. */
    @Test
    void aPageReadsABoundedNumberOfObjects() {
        AuditStore audit = node();
        audit.on(event(0, "rare", "", AuditEvent.Type.LOGIN));
        audit.flush();
        for (int i = 1; i < 1000; i++) {
            now = now.plusSeconds(1);
            audit.on(event(i));
            audit.flush();
        }
        CountingStore counted = new CountingStore(store);
        AuditStore reader = AuditStore.over(counted, options().build());
        AuditQuery query = new AuditQuery(Optional.of("rare"), Optional.empty(), Set.of(), Optional.empty(), 10);
        List<AuditEvent> found = new ArrayList<>();
        Optional<String> next = Optional.empty();
        int pages = 0;
        do {
            counted.reset();
            AuditPage page = reader.page(next.map(query::after).orElse(query));
            assertThat(counted.calls()).hasSizeLessThan(210);
            found.addAll(page.events());
            next = page.next();
            pages++;
        } while (next.isPresent());
        assertThat(targets(found)).containsExactly("event 0");
        assertThat(pages).isBetween(5, 6);
    }

    @Test
    void whatCannotBeWrittenIsWrittenLaterAndOnce() {
        NodeStore failing = new NodeStore(store);
        AuditStore audit = AuditStore.over(failing, options().build());
        audit.on(event(0));
        failing.fail(true);
        assertThatExceptionOfType(RegistryException.class).isThrownBy(audit::flush);
        audit.on(event(1));
        assertThatExceptionOfType(RegistryException.class).isThrownBy(audit::flush);
        failing.fail(false);
        audit.flush();
        assertThat(targets(all(node(), 10))).containsExactly("event 1", "event 0");
    }

    @Test
    void howManyWereLostIsTold() {
        AuditStore audit = AuditStore.over(store, options().capacity(10).build());
        for (int i = 0; i < 17; i++) {
            audit.on(event(i));
        }
        audit.flush();
        AuditEvent newest = audit.page(AuditQuery.newest(1)).events().get(0);
        assertThat(newest.type()).isEqualTo(AuditEvent.Type.POLICY);
        assertThat(newest.reason()).contains("7 events");
        assertThat(all(audit, 100)).hasSize(11);
    }

    /** A crash before and after each call of a merge leaves every event, and each of them once. */
    @Test
    void aCrashDuringAMergeLosesNothing() throws IOException {
        AuditStore audit = node();
        for (int i = 0; i < 12; i++) {
            audit.on(event(i));
            audit.flush();
            now = now.plusSeconds(5);
        }
        now = now.plus(Duration.ofHours(2));
        List<AuditEvent> before = all(audit, 100);
        int step = 0;
        boolean died = true;
        while (died) {
            step++;
            for (boolean after : List.of(false, true)) {
                NodeStore dying = new NodeStore(store);
                dying.dieAt(step, after);
                try {
                    AuditStore.over(dying, options().build()).maintain();
                    died = false;
                } catch (NodeStore.Died e) {
                    assertThat(all(node(), 5))
                            .as("after a crash at call %d", step)
                            .isEqualTo(before);
                }
            }
        }
        assertThat(step).isGreaterThan(1);
        node().maintain();
        assertThat(keys()).hasSize(1);
        assertThat(all(node(), 5)).isEqualTo(before);
    }

    /** A reader that is about to read what another node has just merged. */
    @Test
    void aMergeInTheMiddleOfAPageIsNotNoticed() {
        AuditStore audit = node();
        for (int i = 0; i < 12; i++) {
            audit.on(event(i));
            audit.flush();
            now = now.plusSeconds(5);
        }
        now = now.plus(Duration.ofHours(2));
        List<AuditEvent> before = all(audit, 100);
        for (int call = 1; call < 15; call++) {
            ObjectStore copy = MemoryObjectStore.create();
            AuditStore filling = AuditStore.over(copy, options().build());
            Instant end = now;
            List<AuditEvent> oldestFirst = new ArrayList<>(before);
            Collections.reverse(oldestFirst);
            for (AuditEvent event : oldestFirst) {
                filling.on(event);
                filling.flush();
            }
            int at = call;
            Runnable merge = () -> AuditStore.over(copy, options().build()).maintain();
            ObjectStore interrupted = new CallStore(copy, at, merge);
            assertThat(all(AuditStore.over(interrupted, options().build()), 100))
                    .as("a merge before call %d", call)
                    .isEqualTo(before);
            assertThat(now).isEqualTo(end);
        }
    }

    @Test
    void whatIsOldGoes() throws IOException {
        AuditStore audit =
                AuditStore.over(store, options().keep(Duration.ofDays(2)).build());
        audit.maintain();
        for (int i = 0; i < 5; i++) {
            audit.on(event(i));
            audit.flush();
            now = now.plus(Duration.ofDays(1));
        }
        audit.maintain();
        assertThat(targets(all(audit, 100))).containsExactly("event 4", "event 3");
        now = now.plus(Duration.ofDays(10));
        audit.maintain();
        assertThat(keys()).isEmpty();
    }

    @Test
    void whatIsBeyondTheSizeGoesTheOldestFirst() throws IOException {
        AuditStore audit =
                AuditStore.over(store, options().mostBytes(1024 * 1024).build());
        String reason = "r".repeat(AuditEvent.LONGEST);
        for (int i = 0; i < 4000; i++) {
            audit.on(new AuditEvent(
                    now,
                    AuditEvent.Type.CHANGE,
                    AuditOrigin.none(),
                    "",
                    "event " + i,
                    AuditEvent.Outcome.DONE,
                    reason));
            now = now.plusSeconds(60);
            if (i % 50 == 0) {
                audit.flush();
            }
        }
        audit.flush();
        audit.maintain();
        List<AuditEvent> left = all(audit, 1000);
        assertThat(left.get(0).target()).isEqualTo("event 3999");
        assertThat(left.size()).isBetween(1000, 1600);
        assertThat(keys().stream()
                        .mapToLong(key -> SegmentName.parse(key).orElseThrow().size())
                        .sum())
                .isLessThanOrEqualTo(1024 * 1024);
    }

    @Test
    void whatIsDamagedIsPassedOver() throws IOException {
        AuditStore audit = node();
        audit.on(event(0));
        audit.flush();
        ObjectKey key = ObjectKey.of(keys().get(0));
        byte[] line;
        try (var content = store.open(key).orElseThrow()) {
            line = content.stream().readAllBytes();
        }
        String text = new String(line, StandardCharsets.UTF_8);
        String damaged = "{\"id\":\"x\"}\n[]\n\u0000\n" + text + text.substring(0, 40) + "\n"
                + text.replace("DELETION", "OF_A_LATER_VERSION");
        store.put(key, damaged.getBytes(StandardCharsets.UTF_8), PutCondition.always());
        store.put(Keys.AUDIT.key("something/else"), new byte[3], PutCondition.always());
        store.put(
                SegmentName.prefix(SegmentName.hourOf(now)).key("something-else"), new byte[3], PutCondition.always());

        assertThat(targets(all(node(), 10))).containsExactly("event 0");
        now = now.plus(Duration.ofHours(3));
        node().maintain();
        assertThat(targets(all(node(), 10))).containsExactly("event 0");
    }

    @Test
    void aClockThatIsFarOffIsNoError() {
        AuditStore audit = node();
        for (Instant time : List.of(Instant.EPOCH.minusSeconds(5), Instant.MIN, Instant.MAX, BEGIN)) {
            audit.on(new AuditEvent(
                    time, AuditEvent.Type.LOGIN, AuditOrigin.none(), "", time.toString(), AuditEvent.Outcome.DONE, ""));
        }
        audit.flush();
        assertThat(all(audit, 10)).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "1.1", "1767225600.000000000-0123456789ab", "-1.000000000-0123456789ab-000000000001"})
    void aPositionThatNoPageHasNamedIsRefused(String position) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AuditQuery.newest(1).after(position));
    }
}
