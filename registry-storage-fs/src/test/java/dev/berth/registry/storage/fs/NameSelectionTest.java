package dev.berth.registry.storage.fs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.storage.Utf8Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** All names where they are few, and the right ones where they are many. */
class NameSelectionTest {
    private static final String[] ALPHABET = {"a", "b", "-", ".", "/", "\u00e9", "\uFFFD", "\uD83D\uDE00"};

    private final Random random = new Random(Long.getLong("berth.test.seed", 11));

    @Test
    void keepsTheNextOnesOfAnySetOfNames() {
        for (int round = 0; round < 500; round++) {
            TreeSet<String> all = new TreeSet<>(Utf8Order::compare);
            List<String> added = new ArrayList<>();
            int count = random.nextInt(200);
            for (int i = 0; i < count; i++) {
                String name = randomName();
                all.add(name);
                added.add(name);
            }
            String after = random.nextInt(4) == 0 ? "" : randomName();
            int limit = 1 + random.nextInt(60);
            NameSelection selection = new NameSelection(after, limit, 1 + random.nextInt(1000));
            added.forEach(selection::add);

            DirectoryNames names = selection.names();
            List<String> found =
                    IntStream.range(0, names.size()).mapToObj(names::name).toList();
            List<String> behind = List.copyOf(all.tailSet(after, false));
            List<String> foundBehind = found.subList(names.indexBehind(after), found.size());
            assertThat(foundBehind).isEqualTo(behind.subList(0, foundBehind.size()));
            assertThat(names.isComplete()).isEqualTo(foundBehind.size() == behind.size());
            assertThat(foundBehind.isEmpty()).isEqualTo(behind.isEmpty());
            assertThat(names.covers(after)).isTrue();
            assertThat(found.size()).isLessThan(2 * limit);
            for (int i = 0; i < 10; i++) {
                assertCovers(names, randomName(), all);
            }
        }
    }

    /** What it claims to have behind any other name, it has. */
    private static void assertCovers(DirectoryNames names, String after, TreeSet<String> all) {
        if (names.covers(after)) {
            int index = names.indexBehind(after);
            String next = index < names.size() ? names.name(index) : null;
            assertThat(next).isEqualTo(all.higher(after));
        }
    }

    private String randomName() {
        StringBuilder name = new StringBuilder();
        int length = 1 + random.nextInt(4);
        for (int i = 0; i < length; i++) {
            name.append(ALPHABET[random.nextInt(ALPHABET.length)]);
        }
        return name.toString();
    }
}
