package dev.berth.registry.mirror.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is done about a tag, for all that both sides can have and have had. A dash is no tag, or no agreement. */
class TagDecisionTest {

    @ParameterizedTest(name = "source {0}, target {1}, agreed {2}: {3}")
    @CsvSource({
        "A, A, -, AGREE",
        "A, A, A, AGREE",
        "B, B, A, AGREE",
        "-, -, -, FORGET",
        "-, -, A, FORGET",
        "A, -, -, CARRY",
        "B, -, A, CARRY",
        "B, A, A, CARRY",
        "-, A, A, DELETE",
        "-, A, -, NOT_OURS",
        "-, B, A, CONFLICT",
        "A, B, -, CONFLICT",
        "B, C, A, CONFLICT",
        "A, B, A, TARGET_CHANGED",
        "A, -, A, TARGET_CHANGED",
    })
    void theSideThatHasChangedDecides(String source, String target, String agreed, TagDecision expected) {
        ReplicationRule rule = ReplicationRule.builder("rule").deletions(true).build();
        assertThat(decide(source, target, agreed, rule)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "source {0}, target {1}, agreed {2}: {3}")
    @CsvSource({
        "A, -, -, CARRY",
        "B, -, A, CARRY",
        "B, A, A, NOT_CARRIED",
        "-, A, A, NOT_CARRIED",
        "-, B, A, NOT_CARRIED",
        "B, C, A, NOT_CARRIED",
        "A, B, -, CONFLICT",
        "A, B, A, TARGET_CHANGED",
    })
    void aRuleMayCarryNewTagsOnly(String source, String target, String agreed, TagDecision expected) {
        ReplicationRule rule = ReplicationRule.builder("rule").moves(false).build();
        assertThat(decide(source, target, agreed, rule)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "source {0}, target {1}, agreed {2}: {3}")
    @CsvSource({"A, B, A, CARRY", "A, -, A, CARRY", "B, C, A, CONFLICT", "-, B, A, CONFLICT"})
    void aRuleMayUndoWhatTheTargetChanges(String source, String target, String agreed, TagDecision expected) {
        ReplicationRule rule =
                ReplicationRule.builder("rule").deletions(true).overwrites(true).build();
        assertThat(decide(source, target, agreed, rule)).isEqualTo(expected);
    }

    private static TagDecision decide(String source, String target, String agreed, ReplicationRule rule) {
        return TagDecision.of(digest(source), digest(target), digest(agreed), rule);
    }

    private static Optional<Digest> digest(String name) {
        return name.equals("-") ? Optional.empty() : Optional.of(Digest.sha256(name.getBytes(StandardCharsets.UTF_8)));
    }
}
