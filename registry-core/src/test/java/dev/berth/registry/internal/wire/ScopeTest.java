package dev.berth.registry.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scopes of tokens are parsed, normalized, printed and compared. */
final class ScopeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "repository:team/app:pull | repository:team/app:pull",
                "repository:team/app:push,pull,push | repository:team/app:pull,push",
                "repository:team/app: pull , push,, | repository:team/app:pull,push",
                "repository:registry.example:5000/app:pull | repository:registry.example:5000/app:pull",
                "repository(plugin):team/app:pull | repository(plugin):team/app:pull",
                "registry:catalog:* | registry:catalog:*",
                "repository:team/app: | repository:team/app:",
                "something | something",
                "a:b | a:b",
                ":a:b | :a:b",
            })
    void arePrintedInNormalForm(String text, String printed) {
        assertThat(Scope.parse(text)).hasToString(printed).isEqualTo(Scope.parse(printed));
    }

    @Test
    void haveANameBetweenTheOuterColons() {
        Scope scope = Scope.parse("repository:registry.example:5000/app:pull");

        assertThat(scope.type()).isEqualTo("repository");
        assertThat(scope.name()).isEqualTo("registry.example:5000/app");
        assertThat(scope.actions()).containsExactly("pull");
    }

    @ParameterizedTest
    @ValueSource(strings = {"something", "a:b", ":a:b"})
    void keepTextOfAnotherFormAsTheirName(String text) {
        Scope scope = Scope.parse(text);

        assertThat(scope.type()).isEmpty();
        assertThat(scope.name()).isEqualTo(text);
        assertThat(scope.actions()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | ''",
                "' ' | ''",
                "repository:b:pull repository:a:pull | repository:a:pull repository:b:pull",
                "repository:a:push  repository:a:pull | repository:a:pull,push",
                "repository:a:pull registry:catalog:* repository:a:pull | registry:catalog:* repository:a:pull",
                "repository:a:pull other:a:pull | other:a:pull repository:a:pull",
            })
    void areSortedWithEachResourceOnce(String text, String printed) {
        assertThat(ScopeSet.parse(text)).hasToString(printed).isEqualTo(ScopeSet.parse(printed));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "repository:a:pull | repository:a:pull | true",
                "repository:a:pull,push | repository:a:pull | true",
                "repository:a:pull | repository:a:pull,push | false",
                "repository:a:* | repository:a:delete,pull,push | true",
                "repository:a:delete | repository:a:* | false",
                "repository:a:pull | repository:b:pull | false",
                "repository:a/b:pull | repository:a:pull | false",
                "other:a:pull | repository:a:pull | false",
                "repository:a:pull repository:b:pull | repository:a:pull repository:b:pull | true",
                "repository:a:pull repository:b:pull | repository:a:pull repository:b:push | false",
                "repository:a:pull repository:a:push | repository:a:pull,push | true",
                "repository:a:pull | '' | true",
                "'' | repository:a:pull | false",
                "'' | '' | true",
            })
    void coverWhatTheyAllow(String allowed, String needed, boolean covered) {
        assertThat(ScopeSet.parse(allowed).covers(ScopeSet.parse(needed))).isEqualTo(covered);
    }
}
