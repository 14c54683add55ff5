package dev.berth.registry.scan.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Holds an order against what another program says of the same pairs. */
final class Agreement {
    private static final int SHOWN = 20;

    private Agreement() {}

    /** @param signs {@code <}, {@code =} or {@code >} for each pair; {@code ?} where the program takes no such version */
    static void check(String oracle, VersionOrder order, List<Versions.Pair> pairs, List<String> signs) {
        assertThat(signs).as("answers of %s", oracle).hasSameSizeAs(pairs);
        Map<String, Integer> counts = new TreeMap<>();
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            Versions.Pair pair = pairs.get(i);
            String expected = signs.get(i);
            counts.merge(expected, 1, Integer::sum);
            String actual = Versions.sign(order.compare(pair.first(), pair.second()));
            if (!expected.equals("?") && !expected.equals(actual)) {
                differences.add(pair.first() + " " + actual + " " + pair.second() + ", not " + expected);
            }
        }
        System.out.println(oracle + ": " + pairs.size() + " pairs, " + counts + ", differences: " + differences.size());
        assertThat(differences.stream().limit(SHOWN))
                .as("differences from " + oracle)
                .isEmpty();
        assertThat(counts.getOrDefault("<", 0)).as("pairs that prove anything").isGreaterThan(pairs.size() / 10);
    }
}
