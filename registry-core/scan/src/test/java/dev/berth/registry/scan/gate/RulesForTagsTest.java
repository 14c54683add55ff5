package dev.berth.registry.scan.gate;

import static dev.berth.registry.scan.gate.Refusals.assertDenied;
import static dev.berth.registry.scan.gate.Refusals.assertHandedOut;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import org.junit.jupiter.api.Test;

/** Rules that are for some repositories, and for some tags, also where an image is asked for by its digest. */
class RulesForTagsTest {
    private static final GateRule RELEASES =
            GateRule.named("releases").tags("v*").signedBy(GateWorld.SIGNED).build();

    private final GateWorld world = new GateWorld();
    private final Repository gated = world.gated(RELEASES);

    @Test
    void anImageIsJudgedByTheTagsThatNameIt() {
        Descriptor release = world.image("v1", "dev-1");
        Descriptor draft = world.image("dev-2");

        assertDenied(gated, GateWorld.V1, "must be signed");
        assertDenied(gated, release.digest(), "must be signed");
        assertHandedOut(gated, Tag.parse("dev-2"));
        assertHandedOut(gated, draft.digest());
    }

    @Test
    void anImageWithoutATagIsJudged() {
        assertDenied(gated, world.image().digest(), "must be signed");
    }

    @Test
    void aPartOfAnIndexIsJudgedByTheTagsOfTheIndex() {
        Descriptor image = world.image();
        Descriptor inner = GateWorld.push(world.behind, GateWorld.index(image));
        GateWorld.push(world.behind, GateWorld.index(inner), "dev-1");

        assertHandedOut(gated, Tag.parse("dev-1"));
        assertHandedOut(gated, inner.digest());
        assertHandedOut(gated, image.digest());

        GateWorld.push(world.behind, GateWorld.index(inner, world.image()), "v1");
        assertDenied(world.gated(RELEASES), image.digest(), "must be signed");
    }

    @Test
    void whatNoTagNamesMayBeLeftOut() {
        GateRule rule = GateRule.named("tagged")
                .signedBy(GateWorld.SIGNED)
                .exceptUntagged()
                .build();
        Repository repository = world.gated(rule);
        Descriptor image = world.image();
        Descriptor index = GateWorld.push(repository, GateWorld.index(image));
        assertHandedOut(repository, image.digest());
        assertHandedOut(repository, index.digest());

        repository.tags().put(GateWorld.V1, index.digest());

        assertDenied(repository, GateWorld.V1, "must be signed");
        assertDenied(repository, index.digest(), "must be signed");
        assertDenied(repository, image.digest(), "must be signed");
        assertDenied(
                Gate.of(world.engine, GatePolicy.of(rule), GateOptions.defaults())
                        .repository(GateWorld.REPOSITORY),
                world.image().digest(),
                "must be signed");
    }

    @Test
    void whereNobodyKnowsTheTagsEveryDigestIsJudged() {
        Descriptor draft = world.image("dev-2");
        Gate gate = Gate.of(world.engine, GatePolicy.of(RELEASES), GateOptions.defaults());
        Repository repository = gate.repository(GateWorld.REPOSITORY);

        assertHandedOut(repository, Tag.parse("dev-2"));
        assertDenied(repository, draft.digest(), "must be signed");
    }

    @Test
    void otherRepositoriesAreLeftAlone() {
        Gate gate = world.gate(GateRule.named("production")
                .repositories("production/**")
                .signedBy(GateWorld.SIGNED)
                .build());
        world.image("v1");
        GateWorld.pushImage(world.engine.repository("production/app"), "v1");

        assertHandedOut(gate.repository(GateWorld.REPOSITORY), GateWorld.V1);
        assertDenied(gate.repository("production/app"), GateWorld.V1, "must be signed");
    }

    @Test
    void rulesSayWhatTheyAre() {
        assertThatThrownBy(() -> GateRule.named("x").beforeTagging().build())
                .hasMessageContaining("does not say by whom");
        assertThatThrownBy(() -> GateRule.named(" ")).hasMessageContaining("1 to 100 characters");
        assertThatThrownBy(() -> GatePolicy.of(RELEASES, RELEASES)).hasMessageContaining("two rules 'releases'");
        assertThatThrownBy(() -> GateRule.named("x").repositories("*x")).hasMessageContaining("no pattern");
    }
}
