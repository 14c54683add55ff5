package dev.berth.registry.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.engine.RandomNames;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.Utf8Order;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Names of repositories as segments of keys that sort as the names do. */
class SortableNameTest {
    private final Random random = new Random(7);

    @Test
    void theOrderOfSegmentsIsTheOrderOfNames() {
        List<RepositoryName> names = RandomNames.of(random, 3000);
        for (int i = 1; i < names.size(); i++) {
            RepositoryName a = names.get(i - 1);
            RepositoryName b = names.get(i);
            assertThat(Integer.signum(Utf8Order.compare(SortableName.encode(a), SortableName.encode(b))))
                    .as("%s and %s", a, b)
                    .isEqualTo(Integer.signum(a.compareTo(b)));
        }
        List<String> sorted = names.stream().sorted().map(SortableName::encode).toList();
        assertThat(sorted).isSortedAccordingTo(Utf8Order::compare);
    }

    @Test
    void encodingKeepsTheOrderOfAllCharacters() {
        List<String> inOrder = List.of("a-b", "a.b", "a/b", "a0", "a9", "a_b", "aa", "az");
        List<String> encoded = inOrder.stream()
                .map(name -> SortableName.encode(RepositoryName.parse(name)))
                .toList();
        assertThat(inOrder).isSorted();
        assertThat(encoded).isSortedAccordingTo(Utf8Order::compare).doesNotHaveDuplicates();
    }

    @Test
    void decodingReturnsTheName() {
        for (RepositoryName name : RandomNames.of(random, 3000)) {
            assertThat(SortableName.decode(SortableName.encode(name))).contains(name);
        }
    }

    @Test
    void anEncodedNameIsOneSegmentOfTheSameLength() {
        for (RepositoryName name : RandomNames.of(random, 3000)) {
            String encoded = SortableName.encode(name);
            assertThat(encoded).doesNotContain("/").hasSameSizeAs(name.value());
            assertThat(encoded.getBytes(StandardCharsets.UTF_8).length)
                    .isLessThanOrEqualTo(ObjectKey.MAX_SEGMENT_BYTES);
            assertThat(ObjectKey.of(encoded).value()).isEqualTo(encoded);
        }
    }

    @Test
    void anInvalidSegmentIsDecodedToNothing() {
        for (String segment : List.of("", "A", "a!", ".a", "a..b", "a b", "a~", "ä", "a".repeat(256))) {
            assertThat(SortableName.decode(segment)).as(segment).isEmpty();
        }
    }
}
