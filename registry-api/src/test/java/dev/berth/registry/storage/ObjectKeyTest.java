package dev.berth.registry.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.berth.registry.contract.Cases;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ObjectKeyTest {

    @Test
    void isSegmentsBetweenSlashes() {
        Cases.of(
                        "a",
                        "A",
                        "_",
                        "-",
                        "a/b",
                        "a/b/c",
                        "a.b",
                        "a.",
                        "a..",
                        "a/b.",
                        "blobs/sha256/ab/data",
                        "%2e%2e",
                        " ",
                        "a b",
                        "~",
                        "a:b",
                        "*",
                        "\u00e9",
                        "\u65e5/\u672c",
                        "\uD83D\uDE00",
                        "\uE000",
                        "\uFFFD",
                        "\u2028")
                .check(value -> {
                    assertThat(ObjectKey.of(value))
                            .hasToString(value)
                            .extracting(ObjectKey::value)
                            .isEqualTo(value);
                    assertThat(KeyPrefix.of(value + "/")).hasToString(value + "/");
                });
    }

    @Test
    void isNothingElse() {
        Cases.of(
                        "/",
                        "//",
                        "/a",
                        "a/",
                        "a//b",
                        "a/b//",
                        ".",
                        "..",
                        "./a",
                        "../a",
                        "a/.",
                        "a/..",
                        "a/./b",
                        "a/../b",
                        "a/../../b",
                        ".hidden",
                        "a/.hidden",
                        "...",
                        "a\\b",
                        "\\",
                        "..\\a",
                        "a\u0000",
                        "\u0000",
                        "a\nb",
                        "a\tb",
                        "a\u007Fb",
                        "a\u0085b",
                        "\uD83D",
                        "\uDE00",
                        "a\uD83Db",
                        "\uDE00\uD83D",
                        "a/\uD800/b")
                .check(value -> {
                    assertThatIllegalArgumentException()
                            .isThrownBy(() -> ObjectKey.of(value))
                            .withMessageContaining("object key")
                            .satisfies(e -> assertThat(e.getMessage().codePoints())
                                    .noneMatch(c ->
                                            Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE));
                    assertThatIllegalArgumentException()
                            .isThrownBy(() -> KeyPrefix.of(value + "/"))
                            .withMessageContaining("key prefix");
                });
    }

    @Test
    void cannotBeEmpty() {
        assertThatIllegalArgumentException().isThrownBy(() -> ObjectKey.of(""));
        assertThatNullPointerException().isThrownBy(() -> ObjectKey.of(null));
    }

    @Test
    void segmentsHaveAtMost255Bytes() {
        String longest = "x".repeat(255);
        assertThat(ObjectKey.of("a/" + longest + "/b").byteLength()).isEqualTo(259);
        assertThat(ObjectKey.of("\u00e9".repeat(127)).byteLength()).isEqualTo(254);
        assertThat(ObjectKey.of("\uD83D\uDE00".repeat(63)).byteLength()).isEqualTo(252);
        for (String tooLong :
                new String[] {longest + "x", "\u00e9".repeat(128), "\u65e5".repeat(86), "\uD83D\uDE00".repeat(64)}) {
            for (String value : new String[] {tooLong, "a/" + tooLong, tooLong + "/a"}) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> ObjectKey.of(value))
                        .withMessageContaining("255");
            }
        }
    }

    @Test
    void hasAtMost1024Bytes() {
        String longest = "a/".repeat(511) + "aa";
        assertThat(ObjectKey.of(longest).byteLength()).isEqualTo(1024);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ObjectKey.of(longest + "a"))
                .withMessageContaining("1024");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ObjectKey.of("\u65e5/".repeat(256) + "a"))
                .withMessageContaining("1024");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ObjectKey.of("x/".repeat(1_000_000)))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
    }

    @Test
    void isOrderedByTheBytesOfUtf8() {
        assertThat(Stream.of("\uD83D\uDE00", "\uFF21", "a/b", "a0", "a-b", "a", "A", "\u00e9")
                        .map(ObjectKey::of)
                        .sorted()
                        .map(ObjectKey::value))
                .containsExactly("A", "a", "a-b", "a/b", "a0", "\u00e9", "\uFF21", "\uD83D\uDE00");
    }

    @Test
    void prefixesEndWithASlashOrAreEmpty() {
        assertThat(KeyPrefix.of("")).isEqualTo(KeyPrefix.ROOT);
        assertThat(KeyPrefix.ROOT.key("a/b")).isEqualTo(ObjectKey.of("a/b"));
        assertThat(KeyPrefix.of("a/").key("b/c")).isEqualTo(ObjectKey.of("a/b/c"));
        for (String bad : new String[] {"a", "a/b", "/", "a//", "/a/", "../", "a/../"}) {
            assertThatIllegalArgumentException().as(bad).isThrownBy(() -> KeyPrefix.of(bad));
        }
        for (String bad : new String[] {"", "/b", "../b", "b/", ".b", "..", "b/../../c", "x".repeat(256)}) {
            assertThatIllegalArgumentException()
                    .as(bad)
                    .isThrownBy(() -> KeyPrefix.of("a/").key(bad));
        }
    }
}
