package dev.berth.registry.console.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.RepositoryName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A search looks at no card in vain, and misses none")
class TextFilterTest {
    private final Random random = new Random(5);

    private String text(int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most); i > 0; i--) {
            text.append((char) ('a' + random.nextInt(4)));
        }
        return text.toString();
    }

    private static RepositoryCard card(int number, String words) {
        return new RepositoryCard(
                RepositoryName.parse("r" + number), "", words, 1, 0, Optional.empty());
    }

    @Test
    void whatHasTheWordsIsAlwaysAmongThem() {
        Cards cards = new Cards(1_000_000);
        Map<Integer, String> expected = new HashMap<>();
        for (int round = 0; round < 3_000; round++) {
            int number = random.nextInt(400);
            if (random.nextInt(4) == 0) {
                cards.remove(RepositoryName.parse("r" + number));
                expected.remove(number);
            } else {
                String words = text(40);
                cards.put(card(number, words));
                expected.put(number, words);
            }
            List<String> words = List.of(text(6), text(5));
            Set<String> mayHave = new HashSet<>();
            cards.thatMayHave(words).forEach(card -> mayHave.add(card.name().value()));
            expected.forEach((of, text) -> {
                if (words.stream().allMatch(text::contains)) {
                    assertThat(mayHave).as("%s in %s", words, text).contains("r" + of);
                }
            });
        }
        assertThat(cards.all()).hasSize(expected.size());
        expected.keySet().forEach(number -> cards.remove(RepositoryName.parse("r" + number)));
        assertThat(cards.all()).isEmpty();
        assertThat(cards.thatMayHave(List.of("abc"))).as("no bit is left behind").isEmpty();
    }

    @Test
    void mostOthersAreNotAmongThem() {
        Cards cards = new Cards(1_000_000);
        for (int i = 0; i < 2_000; i++) {
            cards.put(card(i, "the service number " + i + (i % 100 == 0 ? " with nginx" : "")));
        }
        assertThat(cards.thatMayHave(List.of("nginx"))).hasSize(20);
        assertThat(cards.thatMayHave(List.of("nothingofthekind"))).isEmpty();
        assertThat(cards.thatMayHave(List.of("x"))).as("too short to tell").hasSize(2_000);
    }

    @Test
    void beyondItsBoundAllMayHaveTheWords() {
        TextFilter filter = new TextFilter();
        filter.add(TextFilter.MOST_PLACES - 1, "nginx");
        filter.add(TextFilter.MOST_PLACES + 70, "nginx");
        filter.remove(TextFilter.MOST_PLACES + 70, "nginx");
        long[] bits = filter.mayHave(List.of("nginx"), TextFilter.MOST_PLACES + 100);
        assertThat(bits[TextFilter.MOST_PLACES / 64 - 1]).isEqualTo(Long.MIN_VALUE);
        assertThat(bits[TextFilter.MOST_PLACES / 64 + 1]).isEqualTo(-1);
    }
}
