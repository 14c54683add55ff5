package dev.berth.registry.mirror.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.copy.TagPattern;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which repositories and tags a rule is about, and under which names. */
class ReplicationRuleTest {
    private final World world = new World();
    private final Place here = world.place("here");
    private final Place there = world.place("there");

    private void run(ReplicationRule.Builder rule) {
        world.node(here, builder -> builder.rule(rule.build(), there.registry)).run();
    }

    private static ReplicationRule.Builder rule() {
        return ReplicationRule.builder("there");
    }

    private static RepositoryName name(String text) {
        return RepositoryName.parse(text);
    }

    @Test
    void onlyRepositoriesThatMatchAreCarriedOver() {
        here.push("team/app", "1");
        here.push("team/deep/app", "1");
        here.push("other/app", "1");
        run(rule().repositories(NamePattern.parse("team/*"), NamePattern.parse("other/app")));
        assertThat(there.tags()).containsOnlyKeys("team/app:1", "other/app:1");
    }

    @Test
    void onlyTagsThatMatchAreCarriedOver() {
        here.push("team/app", "1.0", "1.1", "1.1-rc", "latest");
        run(rule().include(List.of(new TagPattern("1.*"))).exclude(List.of(new TagPattern("*-rc"))));
        assertThat(there.tags()).containsOnlyKeys("team/app:1.0", "team/app:1.1");
    }

    @Test
    void namesGetAPrefix() {
        here.push("team/app", "1");
        run(rule().prefix(name("copies/here")));
        assertThat(there.tags()).containsOnlyKeys("copies/here/team/app:1");
    }

    @Test
    void namesLoseAPrefix() {
        here.push("eu/team/app", "1");
        here.push("team/app", "1");
        run(rule().strip(name("eu")));
        assertThat(there.tags()).containsOnlyKeys("team/app:1");
        assertThat(there.digest("team/app", "1")).isEqualTo(here.digest("eu/team/app", "1"));
    }

    @Test
    void onePrefixIsPutInPlaceOfAnother() {
        here.push("eu/team/app", "1");
        run(rule().strip(name("eu")).prefix(name("us")));
        assertThat(there.tags()).containsOnlyKeys("us/team/app:1");
    }

    @Test
    void aNameThatWouldBeTooLongIsLeftOut() {
        ReplicationRule rule = rule().prefix(name("p".repeat(200))).build();
        assertThat(rule.targetName(name("n".repeat(200)))).isEmpty();
        assertThat(rule.targetName(name("n"))).isEqualTo(Optional.of(name("p".repeat(200) + "/n")));
    }

    @Test
    void changesOfOtherRepositoriesAndTagsAreNotQueued() {
        World.Node node = world.node(
                here,
                builder -> builder.rule(
                        rule().repositories(NamePattern.parse("team/**"))
                                .exclude(List.of(new TagPattern("dev-*")))
                                .build(),
                        there.registry));
        here.push("other/app", "1");
        here.push("team/app", "dev-1");
        assertThat(node.status().queued()).isZero();
        here.push("team/app", "1");
        assertThat(node.status().queued()).isEqualTo(1);
    }

    @Test
    void severalRulesGoToSeveralRegistries() {
        Place third = world.place("third");
        here.push("team/app", "1");
        World.Node node = world.node(
                here,
                builder -> builder.rule(rule().build(), there.registry)
                        .rule(
                                ReplicationRule.builder("third")
                                        .prefix(name("copies"))
                                        .build(),
                                third.registry));
        node.run();
        assertThat(there.tags()).containsOnlyKeys("team/app:1");
        assertThat(third.tags()).containsOnlyKeys("copies/team/app:1");
    }

    @Test
    void mistakesAreRefusedWhereTheyAreMade() {
        assertThatThrownBy(() -> ReplicationRule.builder("A b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'A b'");
        assertThatThrownBy(() -> rule().repositories(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rule().mostDeleted(101)).isInstanceOf(IllegalArgumentException.class);
        Replication.Builder builder =
                Replication.builder(here.registry, here.store).rule(rule().build(), there.registry);
        assertThatThrownBy(() -> builder.rule(rule().build(), there.registry))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there");
        assertThatThrownBy(() -> builder.rule(ReplicationRule.builder("self").build(), here.registry))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("self");
    }
}
