package dev.berth.examples.standalone.images;

import dev.berth.examples.standalone.cli.Text;
import dev.berth.registry.copy.CopyWarning;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the warnings of copies, to be printed when no progress is shown any more. Not thread-safe: copies call their
 * listener from one thread at a time.
 */
final class Warnings {
    private static final int SHOWN = 5;

    private final Map<CopyWarning.Kind, List<String>> messages = new EnumMap<>(CopyWarning.Kind.class);
    private final Map<CopyWarning.Kind, Integer> more = new EnumMap<>(CopyWarning.Kind.class);

    private final boolean expectsOtherDigest;

    /**
     * Knows of no warning.
     *
     * @param expectsOtherDigest whether nobody needs to be told that a copy has another digest
     */
    Warnings(boolean expectsOtherDigest) {
        this.expectsOtherDigest = expectsOtherDigest;
    }

    void add(CopyWarning warning) {
        if (expectsOtherDigest && warning.kind() == CopyWarning.Kind.DIGEST_CHANGED) {
            return;
        }
        List<String> known = messages.computeIfAbsent(warning.kind(), kind -> new ArrayList<>());
        if (known.contains(warning.message())) {
            return;
        }
        if (known.size() < SHOWN) {
            known.add(warning.message());
        } else {
            more.merge(warning.kind(), 1, Integer::sum);
        }
    }

    /** Prints the first warnings of each kind, and how many more there are. */
    void print(PrintWriter output) {
        messages.forEach((kind, known) -> {
            for (int i = 0; i < known.size(); i++) {
                Integer others = i == known.size() - 1 ? more.get(kind) : null;
                output.println("Warning: " + Text.printable(known.get(i)) + hint(kind) + "."
                        + (others == null ? "" : " And " + others + " more like this."));
            }
        });
        output.flush();
    }

    private static String hint(CopyWarning.Kind kind) {
        return switch (kind) {
            case SIGNATURES_LEFT_OUT -> "; --referrers copies them";
            case DIGEST_CHANGED -> "; see --format";
            case SIGNATURES_NOT_VALID, LAYER_LEFT_OUT -> "";
        };
    }
}
