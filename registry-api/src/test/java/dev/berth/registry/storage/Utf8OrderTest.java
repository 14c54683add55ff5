package dev.berth.registry.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8OrderTest {
    private static final Comparator<String> BYTES =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    /** Where the order of characters could break: at every length of UTF-8, and around the surrogates. */
    private static final int[] EDGES = {
        0, 1, '-', '.', '/', '0', 'A', 'a', 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFD, 0xFFFF, 0x10000, 0x10001,
        0x103FF, 0x10400, 0x1F600, 0xFFFFF, 0x100000, 0x10FFFF
    };

    @Test
    void isThatOfTheBytesForPairsThatAreNearlyEqual() {
        Random random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            String common = text(random, 3);
            assertSame(common + text(random, 3), common + text(random, 3));
        }
    }

    @Test
    void isThatOfTheBytesForAllPairsOfCharactersAtTheEdges() {
        for (int first : EDGES) {
            for (int second : EDGES) {
                String a = Character.toString(first);
                String b = Character.toString(second);
                assertSame(a, b);
                assertSame("x" + a + "y", "x" + b);
                assertSame(b + a, a + b);
                assertSame(a, a + b);
            }
        }
    }

    @Test
    void sortsAsTheBytesDo() {
        Random random = new Random(2);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            texts.add(text(random, 6));
        }
        List<String> byBytes = new ArrayList<>(texts);
        byBytes.sort(BYTES);
        Collections.shuffle(texts, random);
        texts.sort(Utf8Order::compare);
        assertThat(texts).isEqualTo(byBytes);
    }

    @Test
    void differsFromTheOrderOfStringsBeyondTheBasicPlane() {
        assertThat("\uFFFD".compareTo("\uD83D\uDE00")).isPositive();
        assertThat(Utf8Order.compare("\uFFFD", "\uD83D\uDE00")).isNegative();
    }

    private static void assertSame(String a, String b) {
        int expected = Integer.signum(BYTES.compare(a, b));
        assertThat(Integer.signum(Utf8Order.compare(a, b)))
                .as("%s and %s", escape(a), escape(b))
                .isEqualTo(expected);
        assertThat(Integer.signum(Utf8Order.compare(b, a)))
                .as("%s and %s", escape(b), escape(a))
                .isEqualTo(-expected);
    }

    private static String text(Random random, int longest) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(longest + 1); left > 0; left--) {
            int edge = EDGES[random.nextInt(EDGES.length)];
            int any = random.nextInt(Character.MAX_CODE_POINT + 1);
            boolean surrogate = any >= Character.MIN_SURROGATE && any <= Character.MAX_SURROGATE;
            text.appendCodePoint(surrogate || random.nextInt(4) > 0 ? edge : any);
        }
        return text.toString();
    }

    private static Object escape(String text) {
        // Formatted only when it is shown.
        return new Object() {
            @Override
            public String toString() {
                return text.codePoints()
                        .mapToObj(c -> "U+" + Integer.toHexString(c))
                        .toList()
                        .toString();
            }
        };
    }
}
