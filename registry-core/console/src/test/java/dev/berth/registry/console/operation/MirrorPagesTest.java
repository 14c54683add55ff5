package dev.berth.registry.console.operation;

import static dev.berth.registry.console.TestOperations.CAROL;
import static dev.berth.registry.console.TestOperations.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.client.limit.RateLimit;
import dev.berth.registry.console.TestOperations;
import dev.berth.registry.mirror.StaleAnswer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pages about mirrors and replication. */
class MirrorPagesTest {
    private static final String MIRRORS = "/operations/mirrors";
    private static final String REPLICATION = "/operations/replication";

    private final TestOperations console = TestOperations.start();

    MirrorPagesTest() throws IOException {}

    @AfterEach
    void end() {
        console.close();
    }

    private String page(String who, String path) throws IOException, InterruptedException {
        HttpResponse<String> response = console.get(who, path);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return response.body();
    }

    @Test
    void mirrorsAreShownToWhoAdministersTheirRepositories() throws Exception {
        assertThat(page(ROOT, MIRRORS)).contains(">hub.example<", ">acme<", "not asked yet", "https://upstream.acme");
        assertThat(page(CAROL, MIRRORS)).contains(">acme<").doesNotContain("hub.example");
        assertThat(console.get(CAROL, MIRRORS + "/mirror?name=hub.example").statusCode())
                .isEqualTo(404);
    }

    @Test
    void thereIsSinceWhenAnUpstreamRegistryDoesNotAnswerAndWhy() throws Exception {
        Instant hourAgo = Instant.now().minus(Duration.ofMinutes(61));
        console.hub.activity().unanswered(hourAgo, StaleAnswer.Reason.TIMED_OUT, "It was late");
        console.hub.activity().unanswered(Instant.now(), StaleAnswer.Reason.FAILED, "It has gone away");
        assertThat(page(ROOT, MIRRORS)).contains("does not answer", "1 hour ago");
        assertThat(page(ROOT, MIRRORS + "/mirror?name=hub.example")).contains("It has gone away");

        console.hub.activity().answered(Instant.now());
        assertThat(page(ROOT, MIRRORS)).contains("answers").doesNotContain("does not answer");
    }

    @Test
    void whatAMirrorKeepsAndServesIsShown() throws Exception {
        Instant now = Instant.now();
        console.hub.activity().rateLimit(new RateLimit(
                OptionalLong.of(100), 42, Optional.of(Duration.ofHours(6)), Optional.empty(), now));
        assertThat(page(ROOT, MIRRORS + "/mirror?name=hub.example"))
                .contains("0\u00a0B of 1.0\u00a0MB", "hub.example/**", "42 of 100 in 360 minutes", "nothing yet");
    }

    @Test
    void replicationIsForAdministratorsOfTheRegistry() throws Exception {
        assertThat(page(ROOT, REPLICATION)).contains(">west<", "push", "works");
        assertThat(page(ROOT, REPLICATION + "/rule?name=west")).contains("None is known.", "There are none.");
        assertThat(console.get(CAROL, REPLICATION).statusCode()).isEqualTo(404);
        assertThat(console.get(ROOT, REPLICATION + "/rule?name=north").statusCode()).isEqualTo(404);
    }

    @Test
    void aComparisonIsBegunByHand() throws Exception {
        HttpResponse<String> begun = console.post(ROOT, REPLICATION + "/run", Map.of());
        assertThat(begun.statusCode()).isEqualTo(303);
        assertThat(begun.headers().firstValue("Location")).hasValue(REPLICATION);
        assertThat(page(ROOT, REPLICATION)).contains("A comparison is under way.").doesNotContain("Compare now");

        console.comparisons.remove().run();

        assertThat(page(ROOT, REPLICATION)).contains("Compare now");
        assertThat(page(ROOT, REPLICATION + "/rule?name=west")).contains("Last comparison");
    }
}
