package dev.berth.registry.client.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.contract.Cases;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What registries, and what is in front of them, send as {@code WWW-Authenticate}. */
final class ChallengeParserTest {
    private static final Challenge BASIC = challenge("basic", "realm", "r");
    private static final Challenge BEARER = challenge("bearer", "realm", "https://a/t", "service", "s");

    private static Challenge challenge(String scheme, String... namesAndValues) {
        Challenge.Builder builder = new Challenge.Builder(scheme);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            builder.parameter(namesAndValues[i], namesAndValues[i + 1]);
        }
        return builder.build();
    }

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(List.of("Basic realm=\"r\""), List.of(BASIC)),
                Arguments.of(List.of("Bearer realm=\"https://a/t\",service=\"s\""), List.of(BEARER)),
                Arguments.of(List.of("Bearer realm=\"https://a/t\", service=s"), List.of(BEARER)),
                Arguments.of(List.of("Basic realm=r"), List.of(BASIC)),
                Arguments.of(List.of("BASIC REALM=\"r\""), List.of(BASIC)),
                Arguments.of(List.of("  Basic   realm = \"r\"  "), List.of(BASIC)),
                Arguments.of(
                        List.of("Basic realm=\"r\", Bearer realm=\"https://a/t\", service=\"s\""),
                        List.of(BASIC, BEARER)),
                Arguments.of(
                        List.of("Bearer realm=\"https://a/t\",service=\"s\",Basic realm=\"r\""),
                        List.of(BEARER, BASIC)),
                Arguments.of(
                        List.of("Basic realm=\"r\"", "Bearer service=\"s\", realm=\"https://a/t\""),
                        List.of(BASIC, BEARER)),
                Arguments.of(List.of("Negotiate, Basic realm=\"r\""), List.of(challenge("negotiate"), BASIC)),
                Arguments.of(
                        List.of("NTLM", "Digest realm=\"a, b=\\\"c\\\"\", qop=\"auth,auth-int\", nonce=x"),
                        List.of(
                                challenge("ntlm"),
                                challenge("digest", "realm", "a, b=\"c\"", "qop", "auth,auth-int", "nonce", "x"))),
                Arguments.of(
                        List.of("Bearer realm=\"https://a/t\",service=\"s\",scope=\"repository:a/b:pull,push\""),
                        List.of(challenge(
                                "bearer",
                                "realm",
                                "https://a/t",
                                "service",
                                "s",
                                "scope",
                                "repository:a/b:pull,push"))),
                Arguments.of(
                        List.of("Newauth realm=\"apps\", type=1, title=\"Login to \\\"apps\\\"\", Basic realm=\"r\""),
                        List.of(
                                challenge("newauth", "realm", "apps", "type", "1", "title", "Login to \"apps\""),
                                BASIC)),
                Arguments.of(List.of(",, Basic realm=\"r\" ,,"), List.of(BASIC)),
                Arguments.of(List.of("Basic"), List.of(challenge("basic"))),
                Arguments.of(List.of("Basic realm=\"\""), List.of(challenge("basic", "realm", ""))),
                // A name that comes twice: the first counts.
                Arguments.of(List.of("Basic realm=\"r\", realm=\"other\""), List.of(BASIC)),
                // What does not fit does not hide the rest.
                Arguments.of(List.of("Basic realm=\"r\" rubbish, Negotiate"), List.of(BASIC, challenge("negotiate"))),
                Arguments.of(List.of("@@@, Basic realm=\"r\""), List.of(BASIC)),
                Arguments.of(List.of("realm=\"lost\", Basic realm=\"r\""), List.of(BASIC)),
                Arguments.of(List.of("Basic realm=\"r"), List.of(BASIC)),
                Arguments.of(List.of(""), List.of()),
                Arguments.of(List.of(), List.of()));
    }

    @ParameterizedTest
    @MethodSource("values")
    void readsChallenges(List<String> values, List<Challenge> expected) {
        assertThat(ChallengeParser.parse(values)).isEqualTo(expected);
    }

    @Test
    void tellsATokenFromParameters() {
        List<Challenge> challenges = ChallengeParser.parse(List.of("Negotiate YII+/aZ~==, Basic realm=\"r\""));

        assertThat(challenges).containsExactly(new Challenge("negotiate", Map.of(), "YII+/aZ~=="), BASIC);
    }

    @Test
    void aTokenHasNoParameters() {
        assertThat(ChallengeParser.parse(List.of("Negotiate YII=, realm=\"r\"")))
                .containsExactly(new Challenge("negotiate", Map.of(), "YII="));
    }

    @Test
    void endsWithWhateverIsSent() {
        Cases.of(
                        "\"",
                        "\\",
                        "=",
                        "Basic =",
                        "Basic realm=",
                        "Basic realm=\"\\",
                        "a b c d",
                        "\u0000",
                        "é",
                        ",",
                        "Basic \t")
                .check(value -> {
                    assertThat(ChallengeParser.parse(List.of(value, "Basic realm=\"r\"")))
                            .last()
                            .isEqualTo(BASIC);
                });
    }
}
