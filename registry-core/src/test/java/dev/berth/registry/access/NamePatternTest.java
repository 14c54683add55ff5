package dev.berth.registry.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.RepositoryName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamePatternTest {

    @ParameterizedTest
    @CsvSource({
        "team/app, team/app, true",
        "team/app, team/app2, false",
        "team/app, team/app/cache, false",
        "team/*, team/app, true",
        "team/*, team, false",
        "team/*, team/app/cache, false",
        "team/*, team-b/app, false",
        "team/**, team/app, true",
        "team/**, team/app/cache, true",
        "team/**, team, false",
        "team/**, teams/app, false",
        "team/**, team.x/app, false",
        "**, team, true",
        "**, team/app/cache, true",
    })
    void matchesNames(String pattern, String name, boolean matches) {
        assertThat(NamePattern.parse(pattern).matches(RepositoryName.parse(name)))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"team/app", "team/*", "team/**", "**"})
    void printsWhatItReads(String pattern) {
        assertThat(NamePattern.parse(pattern)).hasToString(pattern).isEqualTo(NamePattern.parse(pattern));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "/team",
                "/team/**",
                "team/",
                "te*",
                "te*/app",
                "*/app",
                "team/***",
                "team/*/app",
                "Team/*",
                "***",
                "/**",
                "/*",
                "team/**/",
                "!team",
                "team/..",
                "^team/.*$",
                "team//**"
            })
    void refusesEverythingElse(String pattern) {
        assertThatThrownBy(() -> NamePattern.parse(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no pattern")
                .hasMessageContaining("team/**");
    }

    @ParameterizedTest
    @CsvSource({
        "**, a/**, a/**",
        "a/**, a/b/**, a/b/**",
        "a/**, a/*, a/*",
        "a/**, a/b, a/b",
        "a/*, a/b, a/b",
        "a/*, a/*, a/*",
        "a/*, a/b/c,",
        "a/*, a/b/*,",
        "a/*, a/b/**,",
        "a/**, b/**,",
        "a/**, a,",
        "a, b,",
    })
    void intersects(String one, String another, String common) {
        NamePattern first = NamePattern.parse(one);
        NamePattern second = NamePattern.parse(another);

        assertThat(first.and(second).map(NamePattern::toString).orElse(null)).isEqualTo(common);
        assertThat(second.and(first)).isEqualTo(first.and(second));
    }
}
