package dev.berth.registry.console.catalog;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.console.search.Search;
import dev.berth.registry.console.view.RepositoryOrder;
import dev.berth.registry.console.view.RepositoryRows;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.pulls.PullOptions;
import dev.berth.registry.pulls.PullStatistics;
import dev.berth.registry.pulls.PullTotals;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Prints what docs/console.md says of searches; a machine that does other things is no measure. */
@DisplayName("A search of 100,000 repositories, and what they take of memory")
@EnabledIfSystemProperty(named = "berth.console.figures", matches = "true", disabledReason = "prints figures only")
class SearchFiguresTest {
    private static final int REPOSITORIES = 100_000;
    private static final int RUNS = 31;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Random random = new Random(16);
    private final List<String> vocabulary = vocabulary();

    @Test
    void oneHundredThousandRepositories() {
        long before = used();
        Cards cards = new Cards(48_000_000);
        for (int i = 0; i < REPOSITORIES; i++) {
            cards.put(card(i));
        }
        long withCards = used();
        PullTotals totals = totals(cards);
        long withPulls = used();
        System.out.printf(
                Locale.ROOT,
                "Java %s: %,d repositories take %d MB, and their pulls %d MB%n",
                Runtime.version().feature(),
                REPOSITORIES,
                (withCards - before) >> 20,
                (withPulls - withCards) >> 20);
        Standing standing = new Standing(totals, List.of(NamePattern.parse("library/**")));
        Search search = new Search(cards, standing);
        for (String words : List.of("nginx", "ngi", "n", "postgres backup", "a server for the web", "nothingofthekind")) {
            print("search '" + words + "'", () -> search.find(words, name -> true, 0, 50).total());
        }
        for (RepositoryOrder order : List.of(RepositoryOrder.PUSHED, RepositoryOrder.PULLS)) {
            print("list by " + order.word(), () -> RepositoryRows.highest(
                            cards, name -> true, card -> order.rate(card, standing), 1, 50)
                    .rows()
                    .size());
        }
    }

    private static void print(String what, Supplier<Integer> run) {
        int found = 0;
        List<Long> times = new ArrayList<>();
        List<Long> work = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            long start = System.nanoTime();
            long startOfWork = THREADS.getCurrentThreadCpuTime();
            found = run.get();
            work.add(THREADS.getCurrentThreadCpuTime() - startOfWork);
            times.add(System.nanoTime() - start);
        }
        double first = times.get(0) / 1e6;
        Collections.sort(times);
        Collections.sort(work);
        System.out.printf(
                Locale.ROOT,
                "%-32s %,7d found: %5.1f ms in the middle (%5.1f ms of a processor), %5.1f ms at most, %5.1f ms first%n",
                what,
                found,
                times.get(RUNS / 2) / 1e6,
                work.get(RUNS / 2) / 1e6,
                times.get(RUNS - 1) / 1e6,
                first);
    }

    private RepositoryCard card(int number) {
        String description = words(8);
        String name = (number % 50 == 0 ? "library/" : word() + "/") + word() + (number % 3 == 0 ? "-" + word() : "") + number;
        return new RepositoryCard(
                RepositoryName.parse(name),
                description,
                description + '\n' + words(50),
                number % 100,
                number,
                Optional.of(Instant.ofEpochSecond(random.nextInt(Integer.MAX_VALUE))));
    }

    private PullTotals totals(Cards cards) {
        Instant now = Instant.parse("2026-05-01T00:00:00Z");
        PullStatistics pulls = PullStatistics.over(
                MemoryObjectStore.create(),
                PullOptions.builder().clock(() -> now).mostCounted(1_000_000).build());
        Digest manifest = Digest.sha256(new byte[1]);
        cards.all().forEach(card -> {
            for (int i = random.nextInt(4); i > 0; i--) {
                pulls.pulled(card.name(), manifest, Optional.empty());
            }
        });
        pulls.flush();
        PullTotals totals = pulls.totals();
        totals.refresh();
        return totals;
    }

    private String words(int number) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < number; i++) {
            words.append(i == 0 ? "" : " ").append(word());
        }
        return words.toString();
    }

    /** Few words are often, most are seldom. */
    private String word() {
        return vocabulary.get((int) (vocabulary.size() * Math.pow(random.nextDouble(), 4)));
    }

    private List<String> vocabulary() {
        TreeSet<String> others = new TreeSet<>();
        while (others.size() < 5_000) {
            StringBuilder word = new StringBuilder();
            for (int i = 2 + random.nextInt(3); i > 0; i--) {
                word.append("bcdfghklmnprstvw".charAt(random.nextInt(16))).append("aeiou".charAt(random.nextInt(5)));
            }
            others.add(word + (random.nextBoolean() ? "n" : "r"));
        }
        List<String> all = new ArrayList<>(others);
        Collections.shuffle(all, random);
        all.addAll(0, List.of("a", "the", "of", "for", "and", "server", "web", "service", "postgres", "backup"));
        all.add("nginx");
        return all;
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
