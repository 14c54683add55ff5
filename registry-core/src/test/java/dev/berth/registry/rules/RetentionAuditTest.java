package dev.berth.registry.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Manifest;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.audit.AuditOrigin;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What retention deletes is told once, with the rule as the reason. */
class RetentionAuditTest {
    private final RulesWorld world = new RulesWorld();
    private final List<AuditEvent> events = new ArrayList<>();
    private final TagRule prs = TagRule.delete("prs").tags("pr-*").build();

    private void run(Retention.Mode mode) {
        Retention.of(world.registry, TagRules.of(prs), world.context).run(mode, RetentionAudit.of(events::add));
    }

    @Test
    void tagsAndManifestsAreToldWithTheRule() {
        Manifest image = world.image("pr-1");
        world.image("main");

        run(Retention.Mode.DELETE);

        assertThat(events)
                .extracting(AuditEvent::target)
                .containsExactly(
                        "delete the tag pr-1 of team/app", "delete the manifest " + image.digest() + " from team/app");
        assertThat(events).allSatisfy(event -> {
            assertThat(event.type()).isEqualTo(AuditEvent.Type.DELETION);
            assertThat(event.outcome()).isEqualTo(AuditEvent.Outcome.DONE);
            assertThat(event.origin()).isEqualTo(AuditOrigin.ofProcess("berth retention"));
            assertThat(event.repository()).isEqualTo("team/app");
        });
        assertThat(events.get(0).reason()).startsWith("the rule 'prs' deletes it");
        assertThat(events.get(1).reason()).isEqualTo("no tag names it any more");
    }

    @Test
    void aDryRunTellsNothing() {
        world.image("pr-1");

        run(Retention.Mode.DRY_RUN);

        assertThat(events).isEmpty();
    }

    @Test
    void theTimeIsThatOfTheClock() {
        world.image("pr-1");
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-01-02T15:04:05Z"));

        Retention.of(world.registry, TagRules.of(prs), world.context)
                .run(Retention.Mode.DELETE, RetentionAudit.of(events::add, AuditOrigin.ofProcess("job"), clock));

        assertThat(events).allSatisfy(event -> {
            assertThat(event.time()).isEqualTo(clock.instant());
            assertThat(event.caller()).isEqualTo("job");
        });
    }
}
