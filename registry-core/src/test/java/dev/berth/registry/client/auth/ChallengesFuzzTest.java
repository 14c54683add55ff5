package dev.berth.registry.client.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.berth.registry.client.http.RetryAfter;
import dev.berth.registry.fixtures.Allocations;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Any header of a server's refusal is read without harm, and what was read of its challenges is read again from its usual form. */
class ChallengesFuzzTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @FuzzTest
    void challenges(byte[] input) throws Exception {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        Allocations.requireProportional(input.length, () -> check(text));
    }

    private static void check(String text) {
        List<Challenge> challenges = ChallengeParser.parse(Arrays.asList(text.split("\n", -1)));
        for (Challenge challenge : challenges) {
            assertThat(challenge.scheme()).isNotEmpty().isLowerCase();
            assertThat(challenge.parameters().keySet()).doesNotContain("");
            assertThat(challenge.token68().isEmpty() || challenge.parameters().isEmpty())
                    .isTrue();
        }
        List<String> written =
                challenges.stream().map(ChallengesFuzzTest::written).toList();
        assertThat(ChallengeParser.parse(written)).isEqualTo(challenges);
        assertThat(ChallengeParser.parse(List.of(String.join(", ", written)))).isEqualTo(challenges);

        RetryAfter.parse(text, NOW).ifPresent(wait -> assertThat(wait).isBetween(Duration.ZERO, Duration.ofDays(365)));
    }

    private static String written(Challenge challenge) {
        String parameters = challenge.parameters().entrySet().stream()
                .map(parameter -> parameter.getKey() + "=\""
                        + parameter.getValue().replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                .collect(Collectors.joining(", "));
        return challenge.scheme()
                + (challenge.token68().isEmpty() ? "" : " " + challenge.token68())
                + (parameters.isEmpty() ? "" : " " + parameters);
    }
}
