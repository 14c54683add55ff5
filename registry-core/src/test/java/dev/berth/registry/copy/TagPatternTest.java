package dev.berth.registry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Tag;
import dev.berth.registry.contract.Cases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagPatternTest {

    @ParameterizedTest
    @CsvSource({
        "1.*, 1.0, true",
        "1.*, 1., true",
        "1.*, 1, false",
        "1.*, 21.0, false",
        "1.?, 1.0, true",
        "1.?, 1.10, false",
        "*, anything, true",
        "*-alpine, 3.20-alpine, true",
        "*-alpine, 3.20-alpine3, false",
        "v*.*-rc*, v1.2-rc.3, true",
        "v*.*-rc*, v1.2, false",
        "latest, latest, true",
        "latest, latest2, false",
        "a*b*c, aXbXbXc, true",
        "a*b*c, aXbXbX, false",
        "**, x, true",
        "1.0, 1x0, false"
    })
    void starsAndQuestionMarksMatch(String glob, String tag, boolean matches) {
        assertThat(new TagPattern(glob).matches(Tag.parse(tag))).isEqualTo(matches);
    }

    @Test
    void aHostilePatternDoesNotTakeLong() {
        assertThat(new TagPattern("*a".repeat(60) + "b").matches(Tag.parse("a".repeat(128))))
                .isFalse();
    }

    @Test
    void whatCannotBeAPatternIsRefused() {
        Cases.of("", "a/b", "[a-z]", "a b", "^1$", "é").check(glob -> {
            assertThatThrownBy(() -> new TagPattern(glob))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + glob + "'");
        });
    }
}
