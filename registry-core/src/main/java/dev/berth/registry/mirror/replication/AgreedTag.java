package dev.berth.registry.mirror.replication;

import dev.berth.registry.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of a tag: what both sides had when they last agreed, and what was about to be set at the target since. It is
 * to a tag what the common ancestor is to a merge.
 *
 * @param form the {@linkplain ReplicationRule#form form} in which the digests of the target are
 * @param agreed empty before they have agreed
 * @param intended empty if nothing was about to be set, or its outcome is known
 */
record AgreedTag(String form, Optional<Pair> agreed, Optional<Pair> intended) {
    private static final Logger LOG = LoggerFactory.getLogger(AgreedTag.class);
    private static final String HEADER = "berth-replication 1";

    /** What the source has, and what the target has when it has that. */
    record Pair(Digest source, Digest target) {}

    /** Nothing is known. */
    static AgreedTag unknown(String form) {
        return new AgreedTag(form, Optional.empty(), Optional.empty());
    }

    /** Both sides have this. */
    static AgreedTag of(String form, Pair pair) {
        return new AgreedTag(form, Optional.of(pair), Optional.empty());
    }

    /** Returns this with what is about to be set. */
    AgreedTag intending(Pair pair) {
        return new AgreedTag(form, agreed, Optional.of(pair));
    }

    /**
     * Returns what the target should have for what the source has, if that is known.
     *
     * @param now the present form of the rule: of another one nothing is known
     */
    Optional<Digest> targetFor(Digest source, String now) {
        if (!form.equals(now)) {
            return Optional.empty();
        }
        return agreed.filter(pair -> pair.source().equals(source))
                .or(() -> intended.filter(pair -> pair.source().equals(source)))
                .map(Pair::target);
    }

    /** Returns what both sides had last, given what the target has: what was intended, if that has come there. */
    Optional<Pair> base(Optional<Digest> target) {
        return intended.filter(pair -> target.equals(Optional.of(pair.target())))
                .or(() -> agreed);
    }

    byte[] toBytes() {
        StringBuilder text =
                new StringBuilder(HEADER).append("\nform ").append(form).append('\n');
        agreed.ifPresent(pair -> line(text, "agreed", pair));
        intended.ifPresent(pair -> line(text, "intended", pair));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void line(StringBuilder text, String name, Pair pair) {
        text.append(name)
                .append(' ')
                .append(pair.source())
                .append(' ')
                .append(pair.target())
                .append('\n');
    }

    /** Reads the text; one that is damaged or of a later version counts as none. */
    static Optional<AgreedTag> parse(byte[] content) {
        List<String> lines = new String(content, StandardCharsets.UTF_8).lines().toList();
        if (lines.isEmpty()) {
            // Some stores leave this where something was deleted.
            return Optional.empty();
        }
        String form = "";
        Optional<Pair> agreed = Optional.empty();
        Optional<Pair> intended = Optional.empty();
        try {
            if (!lines.get(0).equals(HEADER)) {
                throw new IllegalArgumentException("The first line is not '" + HEADER + "'");
            }
            for (String line : lines.subList(1, lines.size())) {
                List<String> fields = List.of(line.split(" ", -1));
                switch (fields.get(0) + fields.size()) {
                    case "form2" -> form = fields.get(1);
                    case "agreed3" -> agreed = Optional.of(pair(fields));
                    case "intended3" -> intended = Optional.of(pair(fields));
                    default -> {
                        // Of a later version.
                    }
                }
            }
        } catch (IllegalArgumentException e) {
            LOG.warn("What is known of a replicated tag cannot be read; it counts as unknown", e);
            return Optional.empty();
        }
        return Optional.of(new AgreedTag(form, agreed, intended));
    }

    private static Pair pair(List<String> fields) {
        return new Pair(Digest.parse(fields.get(1)), Digest.parse(fields.get(2)));
    }
}
