package dev.berth.registry.engine;

import dev.berth.registry.RepositoryName;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Valid names of repositories, many of which begin alike, some as long as they may be. */
public final class RandomNames {
    private static final List<String> WORDS = List.of("a", "b", "0", "z", "ab", "current", "link", "index", "data");
    private static final List<String> SEPARATORS = List.of("/", "/", "/", "-", "--", ".", "_", "__", "");

    private RandomNames() {}

    public static List<RepositoryName> of(Random random, int count) {
        List<RepositoryName> names = new ArrayList<>();
        while (names.size() < count) {
            names.add(random.nextInt(20) == 0 ? longest(random) : shortName(random));
        }
        return names;
    }

    private static RepositoryName shortName(Random random) {
        StringBuilder name = new StringBuilder(pick(random, WORDS));
        for (int more = random.nextInt(4); more > 0; more--) {
            name.append(pick(random, SEPARATORS)).append(pick(random, WORDS));
        }
        return RepositoryName.parse(name.toString());
    }

    private static RepositoryName longest(Random random) {
        StringBuilder name = new StringBuilder();
        while (name.length() < RepositoryName.MAX_LENGTH - 12) {
            name.append(pick(random, WORDS)).append(pick(random, SEPARATORS));
        }
        name.append("x".repeat(RepositoryName.MAX_LENGTH - name.length()));
        return RepositoryName.parse(name.toString());
    }

    private static String pick(Random random, List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
