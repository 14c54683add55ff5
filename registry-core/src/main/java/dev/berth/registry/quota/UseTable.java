package dev.berth.registry.quota;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.NamePattern;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The use of some of the repositories. Not thread-safe. */
final class UseTable {
    private static final String HEAD = "table 1 ";

    private final Map<RepositoryName, Row> rows = new TreeMap<>();
    private long sequence;

    /**
     * The use of a repository.
     *
     * @param sequence the state of the ledger of which it is
     */
    record Row(long sequence, long bytes, boolean exists) {}

    static UseTable parse(List<String> lines) {
        UseTable table = new UseTable();
        for (String line : lines) {
            if (line.startsWith(HEAD)) {
                table.sequence = Long.parseLong(line.substring(HEAD.length()));
                continue;
            }
            String[] words = line.split(" ", -1);
            if (words.length == 4) {
                table.rows.put(
                        RepositoryName.parse(words[3]),
                        new Row(Long.parseLong(words[0]), Long.parseLong(words[1]), words[2].equals("1")));
            }
        }
        return table;
    }

    long sequence() {
        return sequence;
    }

    Map<RepositoryName, Row> rows() {
        return rows;
    }

    /** Sets the use of a repository, unless a later state of its ledger is known. Returns whether that changed anything. */
    boolean set(RepositoryName repository, Ledger ledger) {
        Row known = rows.get(repository);
        if (known != null && known.sequence() >= ledger.sequence()) {
            return false;
        }
        rows.put(repository, new Row(ledger.sequence(), ledger.bytes(), ledger.hasManifest()));
        sequence++;
        return true;
    }

    long bytes(NamePattern pattern) {
        return rows.entrySet().stream()
                .filter(row -> pattern.matches(row.getKey()))
                .mapToLong(row -> row.getValue().bytes())
                .sum();
    }

    long repositories(NamePattern pattern) {
        return rows.entrySet().stream()
                .filter(row -> row.getValue().exists() && pattern.matches(row.getKey()))
                .count();
    }

    String text() {
        StringBuilder text = new StringBuilder(HEAD + sequence + "\n");
        rows.forEach((repository, row) -> text.append(row.sequence())
                .append(' ')
                .append(row.bytes())
                .append(row.exists() ? " 1 " : " 0 ")
                .append(repository)
                .append('\n'));
        return text.toString();
    }
}
