package dev.berth.registry.quota;

import dev.berth.registry.access.NamePattern;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The use of a pattern: a sum for each table, and what each node has set aside of the rest. Not thread-safe. */
final class Counter {
    private static final String HEAD = "counter 1 ";
    private static final String SUM = "table";
    private static final String GRANT = "grant";

    private final Map<Integer, Sum> sums = new TreeMap<>();
    private final Map<String, Amount> grants = new TreeMap<>();

    /**
     * The part of a table.
     *
     * @param sequence the state of the table of which it is
     */
    private record Sum(long sequence, Amount use) {}

    static Counter parse(List<String> lines) {
        Counter counter = new Counter();
        for (String line : lines) {
            String[] words = line.split(" ", -1);
            if (words.length == 5 && words[0].equals(SUM)) {
                Amount use = new Amount(Long.parseLong(words[3]), Long.parseLong(words[4]));
                counter.sums.put(Integer.valueOf(words[1]), new Sum(Long.parseLong(words[2]), use));
            } else if (words.length == 4 && words[0].equals(GRANT)) {
                counter.grants.put(words[1], new Amount(Long.parseLong(words[2]), Long.parseLong(words[3])));
            }
        }
        return counter;
    }

    Counter copy() {
        Counter copy = new Counter();
        copy.sums.putAll(sums);
        copy.grants.putAll(grants);
        return copy;
    }

    /** Takes the sum of a table, unless one of a later state is known. Returns whether that changed anything. */
    boolean set(int table, UseTable rows, NamePattern pattern) {
        Sum known = sums.get(table);
        if (known != null && known.sequence() > rows.sequence()) {
            return false;
        }
        Sum sum = new Sum(rows.sequence(), new Amount(rows.bytes(pattern), rows.repositories(pattern)));
        return !sum.equals(sums.put(table, sum));
    }

    Amount use() {
        return sums.values().stream().map(Sum::use).reduce(Amount.NONE, Amount::plus);
    }

    Amount granted() {
        return grants.values().stream().reduce(Amount.NONE, Amount::plus);
    }

    Amount grant(String node) {
        return grants.getOrDefault(node, Amount.NONE);
    }

    void grant(String node, Amount amount) {
        if (amount.equals(Amount.NONE)) {
            grants.remove(node);
        } else {
            grants.put(node, amount);
        }
    }

    Set<String> nodes() {
        return Set.copyOf(grants.keySet());
    }

    String text(NamePattern pattern) {
        StringBuilder text = new StringBuilder(HEAD + pattern + "\n");
        sums.forEach((table, sum) ->
                line(text.append(SUM).append(' ').append(table.intValue()).append(' '), sum.sequence(), sum.use()));
        grants.forEach((node, amount) -> line(text.append(GRANT).append(' ').append(node), amount));
        return text.toString();
    }

    private static void line(StringBuilder text, long sequence, Amount amount) {
        line(text.append(sequence), amount);
    }

    private static void line(StringBuilder text, Amount amount) {
        text.append(' ')
                .append(amount.bytes())
                .append(' ')
                .append(amount.repositories())
                .append('\n');
    }
}
