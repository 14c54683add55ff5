package dev.berth.registry.rules;

import static dev.berth.registry.rules.RulesWorld.tag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.DeleteCondition;
import dev.berth.registry.DeleteResult;
import dev.berth.registry.Descriptor;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.PutOptions;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.TagCondition;
import dev.berth.registry.manifest.ImageManifest;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A tag that a rule locks can neither be moved nor deleted, until it is released. */
class ImmutableTest {
    private final RulesWorld world = new RulesWorld();
    private final TagRule locked = TagRule.immutable("releases")
            .tags("v*")
            .except("*-rc*")
            .when(RuleCondition.pushedBefore(Duration.ofDays(1)));
    private final Repository app =
            Immutable.of(world.registry, TagRules.of(locked), world.context).repository(RulesWorld.APP);
    private final Manifest image = world.image("v1", "main", "v1-rc1");
    private final Manifest other =
            ImageManifest.of(RulesWorld.blob("other"), List.of()).toManifest();

    private static void denied(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(RegistryException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.DENIED);
            assertThat(e.getMessage()).contains("team/app:v1 ", "'releases'", "2026-01-02T00:00:00Z");
        });
    }

    @Test
    void itCannotBeMoved() {
        denied(() -> app.manifests().put(other, tag("v1")));
        denied(() -> app.manifests().put(other, tag("main"), tag("v1"), tag("v2")));
        denied(() -> app.manifests()
                .put(other, PutOptions.tagged(tag("v1")).onlyIf(TagCondition.currently(image.digest()))));

        assertThat(world.has(other)).isFalse();
        assertThat(world.tags()).containsExactly("main", "v1", "v1-rc1");
        world.push(other);
        denied(() -> app.tags().put(tag("v1"), other.digest()));
        assertThat(app.tags().resolve(tag("v1")).map(Descriptor::digest)).contains(image.digest());
    }

    @Test
    void itCannotBeDeleted() {
        denied(() -> app.tags().delete(tag("v1")));
        denied(() -> app.tags().delete(tag("v1"), TagCondition.currently(image.digest())));
        denied(() -> app.manifests().delete(image.digest()));
        denied(() -> app.manifests().delete(image.digest(), DeleteCondition.UNTAGGED));

        assertThat(world.tags()).containsExactly("main", "v1", "v1-rc1");
    }

    @Test
    void pushCanBeRepeated() {
        app.manifests().put(image, tag("v1"));
        app.manifests().put(image, tag("v1"), tag("main"));
        app.tags().put(tag("v1"), image.digest());

        assertThat(app.tags().resolve(tag("v1")).map(Descriptor::digest)).contains(image.digest());
    }

    @Test
    void othersCanBeMovedAndCreated() {
        app.manifests().put(other, tag("main"), tag("v2"));
        app.manifests().put(other, tag("v1-rc1"));
        assertThat(app.tags().delete(tag("v1-rc1"))).isTrue();
        denied(() -> app.manifests().delete(image.digest()));

        assertThat(world.tags()).containsExactly("main", "v1", "v2");
        assertThat(app.tags().resolve(tag("v2")).map(Descriptor::digest)).contains(other.digest());
    }

    @Test
    void releasedItIsAsAnyOther() {
        world.advance(24);
        app.manifests().put(other, tag("v1"));
        denied(() -> {
            try {
                app.manifests().put(image, tag("v1"));
            } catch (RegistryException e) {
                // Set again, it is locked for another day.
                assertThat(e.getMessage()).contains("2026-01-03T00:00:00Z");
                throw RegistryException.of(e.code(), e.getMessage().replace("2026-01-03", "2026-01-02"));
            }
        });
        world.advance(24);
        DeleteResult deleted = app.manifests().delete(other.digest());

        assertThat(deleted).isEqualTo(new DeleteResult(true, List.of(tag("v1"))));
        assertThat(app.manifests().delete(other.digest())).isEqualTo(new DeleteResult(false, List.of()));
        assertThat(world.tags()).containsExactly("main", "v1-rc1");
    }

    @Test
    void partsOfItsImageCannotBeDeleted() {
        Manifest part = world.image();
        Manifest index = world.index(List.of(part));
        world.push(index, "v3");

        assertThatThrownBy(() -> app.manifests().delete(part.digest()))
                .hasMessageContaining("team/app@" + part.digest())
                .hasMessageContaining("team/app:v3 ");
        assertThat(world.has(part)).isTrue();
    }

    @Test
    void signaturesCanBeAddedButNotDeleted() {
        String signature = image.digest().toString().replace(':', '-') + ".sig";
        world.image(signature);
        app.manifests().put(other, tag(signature));

        assertThatThrownBy(() -> app.tags().delete(tag(signature))).hasMessageContaining("team/app:v1 ");
        assertThatThrownBy(() -> app.manifests().delete(other.digest())).hasMessageContaining("team/app:v1 ");
        world.advance(24);
        assertThat(app.tags().delete(tag(signature))).isTrue();
    }

    @Test
    void releaseCanDependOnOtherTags() {
        TagRule newest = TagRule.immutable("releases")
                .tags("v*")
                .when(RuleCondition.not(RuleCondition.newest(1, TagOrder.VERSION)));
        Repository counted =
                Immutable.of(world.registry, TagRules.of(newest), world.context).repository(RulesWorld.APP);
        counted.manifests().put(other, tag("v1.0.0"));
        assertThatThrownBy(() -> counted.tags().delete(tag("v1.0.0"))).hasMessageContaining("newest 1 by version");
        counted.manifests().put(other, tag("v1.0.1"));

        assertThat(counted.tags().delete(tag("v1.0.0"))).isTrue();
        assertThatThrownBy(() -> counted.tags().delete(tag("v1"))).hasMessageContaining("'releases'");
    }

    @Test
    void conditionOfTheCallerCounts() {
        assertThatThrownBy(() ->
                        app.manifests().put(image, PutOptions.tagged(tag("v1")).onlyIf(TagCondition.absent())))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PRECONDITION_FAILED));
        assertThatThrownBy(() -> app.tags().put(tag("v2"), image.digest(), TagCondition.currently(image.digest())))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PRECONDITION_FAILED));
    }

    @Test
    void withoutLocksItIsTheRegistryItself() {
        assertThat(Immutable.of(world.registry, TagRules.of(TagRule.delete("a").build()), world.context))
                .isSameAs(world.registry);
    }
}
