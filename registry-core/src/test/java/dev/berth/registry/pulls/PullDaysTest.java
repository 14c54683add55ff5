package dev.berth.registry.pulls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Pulls are counted by day, of repositories and of tags")
class PullDaysTest {
    private static final RepositoryName APP = RepositoryName.parse("team/app");
    private static final Digest MANIFEST = Digest.sha256(new byte[] {1});
    private static final Tag LATEST = Tag.LATEST;

    private final MemoryObjectStore store = MemoryObjectStore.create();
    private Instant now = Instant.parse("2026-05-01T23:59:00Z");

    PullDaysTest() throws IOException {
        exists(MANIFEST);
        exists(LATEST);
    }

    private PullStatistics node() {
        return PullStatistics.over(store, PullOptions.builder().clock(() -> now).build());
    }

    private void exists(Digest digest) throws IOException {
        store.put(Keys.revisionLink(APP, digest), new byte[1], PutCondition.always());
    }

    private void exists(Tag tag) throws IOException {
        store.put(Keys.tagLink(APP, tag), new byte[1], PutCondition.always());
    }

    private void compact(PullStatistics node) {
        now = now.plus(Duration.ofMinutes(2));
        node.compact();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    private static Map<LocalDate, Long> days(Object... days) {
        Map<LocalDate, Long> map = new TreeMap<>();
        for (int i = 0; i < days.length; i += 2) {
            map.put(LocalDate.parse((String) days[i]), ((Integer) days[i + 1]).longValue());
        }
        return map;
    }

    private void write(ObjectKey key, String text) throws IOException {
        store.put(key, text.getBytes(StandardCharsets.UTF_8), PutCondition.always());
    }

    private String ledger() throws IOException {
        try (ObjectContent content =
                store.open(Keys.pulls(APP), 0, Long.MAX_VALUE).orElseThrow()) {
            return new String(content.stream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aDayEndsAtMidnightInUtcEvenBetweenTwoFlushes() {
        PullStatistics pulls = node();
        pulls.pulled(APP, MANIFEST, Optional.of(LATEST));
        now = Instant.parse("2026-05-02T00:00:00Z");
        pulls.pulled(APP, MANIFEST, Optional.empty());
        pulls.pulled(APP, MANIFEST, Optional.of(LATEST));
        for (int round = 0; round < 3; round++) {
            RepositoryPulls read = pulls.of(APP);
            assertThat(read.days().counts()).as("round %s", round).isEqualTo(days("2026-05-01", 1, "2026-05-02", 2));
            assertThat(read.tagDays()).containsOnlyKeys(LATEST);
            assertThat(read.tagDays().get(LATEST).counts()).isEqualTo(days("2026-05-01", 1, "2026-05-02", 1));
            assertThat(read.total()).contains(new Pulls(3, Instant.parse("2026-05-02T00:00:00Z")));
            if (round == 0) {
                pulls.flush();
            } else {
                compact(pulls);
            }
        }
        assertThat(pulls.of(APP).days().upTo(LocalDate.parse("2026-05-03"), 4)).containsExactly(0L, 1L, 2L, 0L);
    }

    @Test
    void nodesAddUpWhateverOrderTheyMergeIn() throws IOException {
        List<PullStatistics> nodes = List.of(node(), node(), node());
        Random random = new Random(7);
        Map<LocalDate, Long> expected = new TreeMap<>();
        Map<LocalDate, Long> ofTag = new TreeMap<>();
        for (int step = 0; step < 400; step++) {
            PullStatistics node = nodes.get(random.nextInt(3));
            switch (random.nextInt(6)) {
                case 0 -> node.flush();
                case 1 -> compact(node);
                case 2 -> now = now.plus(Duration.ofHours(random.nextInt(5)));
                default -> {
                    boolean tag = random.nextBoolean();
                    node.pulled(APP, MANIFEST, tag ? Optional.of(LATEST) : Optional.empty());
                    expected.merge(today(), 1L, Long::sum);
                    if (tag) {
                        ofTag.merge(today(), 1L, Long::sum);
                    }
                }
            }
        }
        nodes.forEach(PullStatistics::flush);
        RepositoryPulls read = node().of(APP);
        assertThat(read.days().counts()).isEqualTo(expected);
        assertThat(read.tagDays().get(LATEST).counts()).isEqualTo(ofTag);
        compact(node());
        assertThat(ledger()).contains("\nd 2026-05-0");
        assertThat(node().of(APP)).isEqualTo(read);
    }

    @Test
    void aCrashLosesWhatWasNotFlushed() {
        PullStatistics crashed = node();
        crashed.pulled(APP, MANIFEST, Optional.of(LATEST));
        crashed.flush();
        crashed.pulled(APP, MANIFEST, Optional.of(LATEST));
        assertThat(node().of(APP).days().counts()).isEqualTo(days("2026-05-01", 1));
    }

    @Test
    void whatWasMergedBeforeDaysWereKeptIsInTheTotal() throws IOException {
        write(
                Keys.pulls(APP),
                "b 000000000001-node-1\nm " + APP + " " + MANIFEST + " 41 1700000000000\nt " + APP
                        + " latest 7 1700000000000\n");
        write(
                KeyPrefix.of(Keys.PULLS + "batches/").key(now.getEpochSecond() + "-old-1"),
                "m " + APP + " " + MANIFEST + " 2 " + now.toEpochMilli() + "\nt " + APP + " latest 1 "
                        + now.toEpochMilli() + "\n");
        for (int round = 0; round < 2; round++) {
            RepositoryPulls read = node().of(APP);
            assertThat(read.total()).contains(new Pulls(43, Instant.parse("2026-05-01T23:59:00Z")));
            assertThat(read.of(MANIFEST).map(Pulls::count)).contains(43L);
            assertThat(read.of(LATEST).map(Pulls::count)).contains(8L);
            assertThat(read.days().counts()).isEqualTo(days("2026-05-01", 2));
            compact(node());
        }
    }

    @Test
    void theTotalKeepsThePullsOfManifestsThatAreGoneAndTheDaysOfTheirTagsGo() throws IOException {
        Digest other = Digest.sha256(new byte[] {2});
        exists(other);
        PullStatistics pulls = node();
        pulls.pulled(APP, MANIFEST, Optional.of(LATEST));
        pulls.pulled(APP, other, Optional.empty());
        pulls.flush();
        compact(pulls);
        store.delete(Keys.revisionLink(APP, MANIFEST));
        store.delete(Keys.tagLink(APP, LATEST));
        compact(pulls);
        assertThat(pulls.of(APP).manifests()).containsOnlyKeys(other);
        assertThat(pulls.of(APP).total().map(Pulls::count)).contains(2L);
        assertThat(pulls.of(APP).days().sum()).isEqualTo(2);
        assertThat(pulls.of(APP).tagDays()).isEmpty();
    }

    @Test
    void daysAreBounded() throws IOException {
        PullStatistics pulls = node();
        LocalDate start = today();
        for (int day = 0; day < 450; day++) {
            now = now.plus(Duration.ofDays(1));
            pulls.pulled(APP, MANIFEST, Optional.of(LATEST));
            pulls.flush();
            if (day % 20 == 0) {
                compact(pulls);
            }
        }
        compact(pulls);
        assertThat(pulls.of(APP).total().map(Pulls::count)).contains(450L);
        assertThat(pulls.of(APP).days().counts()).hasSize(Summary.MOST_DAYS);
        assertThat(pulls.of(APP).tagDays().get(LATEST).counts()).hasSize(Summary.MOST_TAG_DAYS);
        assertThat(pulls.of(APP).days().counts().firstKey()).isAfter(start);
        assertThat(ledger()).hasSizeLessThan(2_000);
    }

    @Test
    void aClockFarAheadAddsToTheTotalButFillsNoDays() throws IOException {
        Instant before = now;
        now = Instant.parse("2999-01-01T00:00:00Z");
        PullStatistics ahead = node();
        ahead.pulled(APP, MANIFEST, Optional.of(LATEST));
        ahead.flush();
        now = before;
        PullStatistics pulls = node();
        pulls.pulled(APP, MANIFEST, Optional.empty());
        pulls.flush();
        compact(pulls);
        assertThat(pulls.of(APP).total().map(Pulls::count)).contains(2L);
        assertThat(pulls.of(APP).days().counts()).isEqualTo(days("2026-05-01", 1));
        assertThat(ledger()).hasSizeLessThan(1_000);
    }

    @Test
    void theTagsThatArePulledMostAreKeptAndNewOnesGetTheirChance() throws IOException {
        PullStatistics pulls = node();
        for (int i = 0; i < 60; i++) {
            Tag tag = Tag.parse("v" + i);
            exists(tag);
            for (int n = 0; n < 100 - i; n++) {
                pulls.pulled(APP, MANIFEST, Optional.of(tag));
            }
        }
        pulls.flush();
        compact(pulls);
        assertThat(pulls.of(APP).tagDays()).hasSize(Summary.MOST_TAGS).containsKey(Tag.parse("v39"));

        Tag fresh = Tag.parse("fresh");
        exists(fresh);
        for (int round = 0; round < 12; round++) {
            now = now.plus(Duration.ofDays(1));
            for (int n = 0; n < 10; n++) {
                pulls.pulled(APP, MANIFEST, Optional.of(fresh));
            }
            pulls.flush();
            compact(pulls);
        }
        assertThat(pulls.of(APP).tagDays()).hasSize(Summary.MOST_TAGS);
        assertThat(pulls.of(APP).tagDays().get(fresh).sum()).isEqualTo(120);
        assertThat(pulls.of(APP).tags())
                .as("those of other tags are known in sum")
                .hasSize(61);
    }

    @Test
    void whatIsDamagedIsPassedOver() throws IOException {
        List<String> damaged =
                new ArrayList<>(List.of("s 1", "s x y", "d", "d 2026-13-01 1", "d 2026-01-01 1,x", "a latest 1"));
        damaged.add("d 2026-05-01 " + "1,".repeat(100_000) + "1");
        damaged.add("a . 2026-01-01 1");
        for (String line : damaged) {
            write(Keys.pulls(APP), line + "\nm " + APP + " " + MANIFEST + " 3 1700000000000\n");
            assertThat(node().of(APP).total().map(Pulls::count))
                    .as(line.substring(0, 1))
                    .contains(3L);
            assertThat(node().of(APP).days().counts()).isEmpty();
        }
    }
}
