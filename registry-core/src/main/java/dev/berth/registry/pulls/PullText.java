package dev.berth.registry.pulls;

import dev.berth.registry.Digest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pulls as lines of text, with spaces between their fields. The pulls of a line were on the day of its time, but for those of
 * a ledger. A line that cannot be read is passed over.
 */
final class PullText {
    private static final int FIELDS = 5;

    private PullText() {}

    /** Returns the line of an entry. The kind is there since a tag may look like anything but a digest. */
    static void append(StringBuilder text, Pulled pulled, Pulls pulls) {
        text.append(pulled.what() instanceof Tag ? 't' : 'm')
                .append(' ')
                .append(pulled.repository())
                .append(' ')
                .append(pulled.what())
                .append(' ')
                .append(pulls.count())
                .append(' ')
                .append(pulls.last().toEpochMilli())
                .append('\n');
    }

    /** Adds the entry of a line to a map. */
    static void read(String line, Map<Pulled, Pulls> into) {
        parse(line).ifPresent(entry -> into.merge(entry.getKey(), entry.getValue(), Pulls::plus));
    }

    /** Adds the entry of a line to a map by days. */
    static void readByDay(String line, Map<PulledOn, Pulls> into) {
        parse(line)
                .ifPresent(entry -> into.merge(
                        PulledOn.at(entry.getKey(), entry.getValue().last()), entry.getValue(), Pulls::plus));
    }

    private static Optional<Map.Entry<Pulled, Pulls>> parse(String line) {
        List<String> fields = List.of(line.split(" ", -1));
        if (fields.size() != FIELDS) {
            return Optional.empty();
        }
        try {
            ManifestSelector what = fields.get(0).equals("t") ? Tag.parse(fields.get(2)) : Digest.parse(fields.get(2));
            Pulls pulls = new Pulls(Long.parseLong(fields.get(3)), Instant.ofEpochMilli(Long.parseLong(fields.get(4))));
            return Optional.of(Map.entry(new Pulled(RepositoryName.parse(fields.get(1)), what), pulls));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
