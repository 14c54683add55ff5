package dev.berth.registry.quota;

import dev.berth.registry.RepositoryName;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** What a repository shows, as it was last counted: each blob and manifest with its size. Not thread-safe. */
final class Ledger {
    static final String BLOB = "blob ";
    static final String MANIFEST = "manifest ";
    private static final String HEAD = "ledger 1 ";

    private final RepositoryName repository;
    private final Map<String, Long> sizes = new TreeMap<>();
    private long sequence;

    private Ledger(RepositoryName repository) {
        this.repository = repository;
    }

    /** Reads a ledger. What cannot be read counts as not there: the items are then counted again. */
    static Ledger parse(RepositoryName repository, List<String> lines) {
        Ledger ledger = new Ledger(repository);
        for (String line : lines) {
            int last = line.lastIndexOf(' ');
            if (line.startsWith(HEAD)) {
                ledger.sequence = Long.parseLong(line.substring(HEAD.length(), line.indexOf(' ', HEAD.length())));
            } else if (line.startsWith(BLOB) || line.startsWith(MANIFEST)) {
                ledger.sizes.put(line.substring(0, last), Long.parseLong(line.substring(last + 1)));
            }
        }
        return ledger;
    }

    /** Returns the number of this state: later ones have larger numbers. */
    long sequence() {
        return sequence;
    }

    OptionalLong size(String item) {
        Long size = sizes.get(item);
        return size == null ? OptionalLong.empty() : OptionalLong.of(size);
    }

    void set(String item, OptionalLong size) {
        if (size.isPresent()) {
            sizes.put(item, size.getAsLong());
        } else {
            sizes.remove(item);
        }
    }

    Set<String> items() {
        return Set.copyOf(sizes.keySet());
    }

    void advance() {
        sequence++;
    }

    /** Returns the sum of the sizes. What is both a blob and a manifest counts once. */
    long bytes() {
        long sum = 0;
        for (Map.Entry<String, Long> item : sizes.entrySet()) {
            boolean twice = item.getKey().startsWith(BLOB)
                    && sizes.containsKey(MANIFEST + item.getKey().substring(BLOB.length()));
            sum += twice ? 0 : item.getValue();
        }
        return sum;
    }

    boolean hasManifest() {
        return sizes.keySet().stream().anyMatch(item -> item.startsWith(MANIFEST));
    }

    String text() {
        StringBuilder text = new StringBuilder(HEAD + sequence + " " + repository + "\n");
        sizes.forEach((item, size) ->
                text.append(item).append(' ').append(size.longValue()).append('\n'));
        return text.toString();
    }
}
