package dev.berth.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.berth.registry.contract.Cases;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TagTest {

    @Test
    void isWhatPeopleUse() {
        Cases.of("1", "1.0", "1.0-alpine", "latest", "LATEST", "_", "__", "_x", "a.", "a-", "a..b", "a-._b", "v1.2.3_4")
                .check(text -> {
                    assertThat(Tag.parse(text))
                            .hasToString(text)
                            .extracting(Tag::value)
                            .isEqualTo(text);
                });
    }

    @Test
    void isNothingElse() {
        Cases.of(
                        "", ".", "..", ".a", "-a", "a/b", "a:b", "a b", " a", "a ", "a\n", "\u00e9", "a+b", "a@b",
                        "../a", "a%2f", "\u0661")
                .check(text -> {
                    assertThatIllegalArgumentException()
                            .isThrownBy(() -> Tag.parse(text))
                            .withMessageContaining("is not a tag")
                            .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
                });
    }

    @Test
    void hasAtMost128Characters() {
        assertThat(Tag.parse("x".repeat(128)).value()).hasSize(128);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tag.parse("x".repeat(129)))
                .withMessageContaining("128");
        assertThatNullPointerException().isThrownBy(() -> Tag.parse(null));
    }

    @Test
    void isOrderedByAsciiValue() {
        assertThat(Stream.of("a", "_", "Z", "1.0.1", "1.0-alpine", "1.0", "1", "10")
                        .map(Tag::parse)
                        .sorted()
                        .map(Tag::value))
                .containsExactly("1", "1.0", "1.0-alpine", "1.0.1", "10", "Z", "_", "a");
    }

    @Test
    void isTheSelectorWithoutAColon() {
        String hex = "0".repeat(64);
        assertThat(ManifestSelector.parse(hex)).isEqualTo(Tag.parse(hex));
        assertThat(ManifestSelector.parse("sha256:" + hex)).isEqualTo(Digest.parse("sha256:" + hex));
        assertThatIllegalArgumentException().isThrownBy(() -> ManifestSelector.parse("a:b"));
        assertThatIllegalArgumentException().isThrownBy(() -> ManifestSelector.parse(""));
    }
}
