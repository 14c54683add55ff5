package dev.berth.registry.scan.version;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Makes versions out of the pieces that those of an ecosystem have. The same seed makes the same ones. */
final class Versions {
    private final Random random;
    private final List<String> pieces;
    private final int most;

    private Versions(long seed, int most, List<String> pieces) {
        this.random = new Random(seed);
        this.most = most;
        this.pieces = pieces;
    }

    record Pair(String first, String second) {}

    /** Versions of at most so many pieces. */
    static Versions of(long seed, int most, String... pieces) {
        return new Versions(seed, most, List.of(pieces));
    }

    /** Writes pairs for a program to read, each on a line. */
    static Path write(Path directory, List<Pair> pairs, char separator) throws IOException {
        return Files.write(
                directory.resolve("pairs"),
                pairs.stream()
                        .map(pair -> pair.first() + separator + pair.second())
                        .toList());
    }

    static String sign(int order) {
        return order < 0 ? "<" : order > 0 ? ">" : "=";
    }

    String next() {
        StringBuilder version = new StringBuilder();
        int count = 1 + random.nextInt(most);
        for (int i = 0; i < count; i++) {
            version.append(pieces.get(random.nextInt(pieces.size())));
        }
        return version.toString();
    }

    /** Most of two versions have a beginning in common: others differ in the first number already. */
    Pair pair() {
        String first = next();
        if (random.nextInt(4) == 0) {
            return new Pair(first, next());
        }
        int kept = random.nextInt(first.length() + 1);
        String tail = random.nextBoolean() ? "" : pieces.get(random.nextInt(pieces.size()));
        String rest = random.nextBoolean() ? "" : first.substring(Math.min(first.length(), kept + 1));
        return new Pair(first, first.substring(0, kept) + tail + rest);
    }

    List<Pair> pairs(int count) {
        return Stream.generate(this::pair).limit(count).toList();
    }

    List<String> list(int count) {
        List<String> versions = new ArrayList<>();
        while (versions.size() < count) {
            Pair pair = pair();
            versions.add(pair.first());
            versions.add(pair.second());
        }
        return versions;
    }
}
