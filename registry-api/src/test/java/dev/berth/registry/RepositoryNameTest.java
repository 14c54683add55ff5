package dev.berth.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.berth.registry.contract.Cases;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RepositoryNameTest {

    @Test
    void isWhatTheGrammarAllows() {
        Cases.of(
                        "a",
                        "0",
                        "app",
                        "team/app",
                        "a/b/c/d/e/f",
                        "a.b",
                        "a_b",
                        "a__b",
                        "a-b",
                        "a--b",
                        "a-----b",
                        "a.b_c__d-e",
                        "library/ubuntu",
                        "0/1",
                        "a/b.c/d")
                .check(text -> {
                    assertThat(RepositoryName.parse(text))
                            .hasToString(text)
                            .extracting(RepositoryName::value)
                            .isEqualTo(text);
                });
    }

    @Test
    void isNothingElse() {
        Cases.of(
                        "",
                        "/",
                        "a/",
                        "/a",
                        "a//b",
                        "_a",
                        "a_",
                        "a___b",
                        ".a",
                        "a.",
                        "a..b",
                        "a._b",
                        "a.-b",
                        "-a",
                        "a-",
                        "a/-b",
                        "a/_b",
                        ".",
                        "..",
                        "../a",
                        "a/../b",
                        "a/./b",
                        "a b",
                        " a",
                        "a\n",
                        "a\u0000",
                        "a:b",
                        "a@b",
                        "a\\b",
                        "a%2fb",
                        "\u00e9",
                        "a/\u0131",
                        "a~b",
                        "*",
                        "http://a")
                .check(text -> {
                    assertThatIllegalArgumentException()
                            .isThrownBy(() -> RepositoryName.parse(text))
                            .withMessageContaining("is not a repository name")
                            .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n", "\u0000"));
                });
    }

    @Test
    void saysThatUpperCaseIsTheReason() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RepositoryName.parse("myimage/Hello"))
                .withMessageContaining("myimage/Hello")
                .withMessageContaining("upper-case");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RepositoryName.parse("my image"))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("upper-case"));
    }

    @Test
    void hasAtMost255Characters() {
        assertThat(RepositoryName.parse("a".repeat(255)).value()).hasSize(255);
        assertThat(RepositoryName.parse("a/".repeat(127) + "a").value()).hasSize(255);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RepositoryName.parse("a".repeat(256)))
                .withMessageContaining("256")
                .withMessageContaining("255");
        assertThatNullPointerException().isThrownBy(() -> RepositoryName.parse(null));
    }

    @Test
    void namesThatMakeARegularExpressionBacktrackAreJudgedLikeOthers() {
        for (String part : new String[] {"a-", "a.", "a_", "a/", "a--a", "aa", "a__"}) {
            String hostile = part.repeat(200).substring(0, 253) + "!";
            assertThatIllegalArgumentException().isThrownBy(() -> RepositoryName.parse(hostile));
        }
    }

    @Test
    void isOrderedByAsciiValue() {
        assertThat(Stream.of("a/b", "a0", "a-b", "a", "a.b", "b", "a_b")
                        .map(RepositoryName::parse)
                        .sorted()
                        .map(RepositoryName::value))
                .containsExactly("a", "a-b", "a.b", "a/b", "a0", "a_b", "b");
    }

    @Test
    void isMadeOfParts() {
        assertThat(RepositoryName.of("app")).isEqualTo(RepositoryName.parse("app"));
        assertThat(RepositoryName.of("team", "web", "app")).isEqualTo(RepositoryName.parse("team/web/app"));
        assertThat(RepositoryName.of("team/web", "app")).isEqualTo(RepositoryName.parse("team/web/app"));
        for (String part : new String[] {"", "/", "App", "..", "a/"}) {
            assertThatIllegalArgumentException().as(part).isThrownBy(() -> RepositoryName.of("team", part));
        }
        assertThatNullPointerException().isThrownBy(() -> RepositoryName.of(null));
        assertThatNullPointerException().isThrownBy(() -> RepositoryName.of("team", (String) null));
    }
}
