package dev.berth.examples.standalone.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.registry.rules.RuleCondition;
import dev.berth.registry.rules.TagOrder;
import dev.berth.registry.rules.TagRule;
import dev.berth.registry.rules.TagRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The section {@code rules} says which tags are locked, kept and deleted. What is wrong in it ends the program. */
class RuleSettingsTest {
    @TempDir
    Path directory;

    private RuleSettings rules(String yaml) throws IOException {
        return SettingSources.fromFile(directory, yaml, Map.of()).rules();
    }

    @Test
    void theWholeSectionIsRead() throws IOException {
        RuleSettings settings = rules("""
                rules:
                  interval: 6h
                  untaggedGrace: 2h
                  tags:
                    - {name: releases, repositories: ['team/**', base], tags: ['v*'], except: '*-rc*', immutable: {until: {pushed: 365d}}}
                    - {name: forever, tags: gold, immutable: always}
                    - name: newest
                      tags: 'v*'
                      keep: {newest: {count: 10, by: version}}
                    - {name: kept, keep: always}
                    - name: old
                      delete:
                        pushed: 1d12h
                        any: [{unused: 720h}, {not: {newest: 5}}]
                    - {name: untagged, delete: {tagged: false, pushed: 7d}}
                """);

        assertThat(settings.interval()).isEqualTo(Duration.ofHours(6));
        assertThat(settings.untaggedGrace()).isEqualTo(Duration.ofHours(2));
        assertThat(settings.tags())
                .isEqualTo(TagRules.of(
                        TagRule.immutable("releases")
                                .repositories("team/**", "base")
                                .tags("v*")
                                .except("*-rc*")
                                .when(RuleCondition.pushedBefore(Duration.ofDays(365))),
                        TagRule.immutable("forever").tags("gold").build(),
                        TagRule.keep("newest").tags("v*").when(RuleCondition.newest(10, TagOrder.VERSION)),
                        TagRule.keep("kept").build(),
                        TagRule.delete("old")
                                .when(RuleCondition.allOf(
                                        RuleCondition.pushedBefore(Duration.ofHours(36)),
                                        RuleCondition.anyOf(
                                                RuleCondition.pulledBefore(Duration.ofDays(30)),
                                                RuleCondition.not(RuleCondition.newest(5, TagOrder.PUSH_TIME))))),
                        TagRule.delete("untagged")
                                .when(RuleCondition.allOf(
                                        RuleCondition.untagged(), RuleCondition.pushedBefore(Duration.ofDays(7))))));
    }

    @Test
    void withoutTheSectionThereAreNoRules() throws IOException {
        RuleSettings settings = rules("log: {level: info}");

        assertThat(settings.tags()).isEqualTo(TagRules.none());
        assertThat(settings.interval()).isEqualTo(Duration.ofDays(1));
        assertThat(settings.untaggedGrace()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void intervalCanBeAVariable() {
        assertThat(SettingSources.fromEnvironment(Map.of("REGISTRY_RULES_INTERVAL", "1h"))
                        .rules()
                        .interval())
                .isEqualTo(Duration.ofHours(1));
        assertThatThrownBy(() -> SettingSources.fromEnvironment(Map.of("REGISTRY_RULES_TAGS_0_NAME", "a")))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("write rules.tags into the file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{delete: always} | rules.tags[0] lacks 'name'",
                "{name: a} | rules.tags[0] needs one of immutable, keep and delete, and has none",
                "{name: a, keep: always, delete: always} | has keep and delete",
                "{name: a, delte: always} | rules.tags[0].delte is unknown; is 'delete' meant",
                "{name: a, delete: } | rules.tags[0].delete has no value",
                "{name: a, delete: soon} | rules.tags[0].delete is no condition",
                "{name: a, delete: [always]} | rules.tags[0].delete is no condition",
                "{name: a, delete: {}} | rules.tags[0].delete has no condition",
                "{name: a, delete: {puhsed: 1d}} | rules.tags[0].delete.puhsed is unknown; is 'pushed' meant",
                "{name: a, delete: {pushed: 30}} | '30' is not a duration for rules.tags[0].delete.pushed",
                "{name: a, delete: {pushed: 99999d}} | rules.tags[0].delete.pushed is wrong",
                "{name: a, delete: {newest: many}} | 'many' is not a number",
                "{name: a, delete: {newest: -1}} | rules.tags[0].delete.newest is wrong",
                "{name: a, delete: {newest: {by: push}}} | lacks 'count'",
                "{name: a, delete: {newest: {count: 1, by: name}}} | use push or version",
                "{name: a, delete: {tagged: maybe}} | neither true nor false",
                "{name: a, delete: {any: []}} | rules.tags[0].delete.any is wrong",
                "{name: a, immutable: {pushed: 1d}} | rules.tags[0].immutable.pushed is unknown",
                "{name: a, immutable: {}} | says when the tag is released",
                "{name: a, immutable: 30d} | says when the tag is released",
                "{name: a, tags: [], delete: always} | rules.tags[0].tags has no value",
                "{name: a, tags: 'v/*', delete: always} | rules.tags[0].tags is wrong",
                "{name: a, repositories: '*/a', delete: always} | rules.tags[0].repositories",
                "{name: '', delete: always} | rules.tags[0].name has no value",
            })
    void whatIsWrongIsRefused(String rule, String message) {
        assertThatThrownBy(() -> rules("rules:\n  tags:\n    - " + rule + "\n"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(message);
    }

    @Test
    void unknownKeysAndEqualNamesAreRefused() {
        assertThatThrownBy(() -> rules("rules: {intervall: 1h}")).hasMessageContaining("is 'interval' meant");
        assertThatThrownBy(() -> rules("rule: {interval: 1h}")).hasMessageContaining("is 'rules' meant");
        assertThatThrownBy(() -> rules("rules: {tags: [{name: a, keep: always}, {name: a, keep: always}]}"))
                .hasMessageContaining("two rules 'a'");
    }

    @Test
    void unusedNeedsTheNumbersOfPulls() {
        String rule = "rules: {tags: {name: a, delete: {not: {unused: 1d}}}}\n";
        assertThatThrownBy(() -> rules(rule + "pulls: {enabled: false}")).hasMessageContaining("pulls are not counted");
    }

    @Test
    void fileOfRulesAloneIsRead() throws IOException {
        Path file = Files.writeString(directory.resolve("rules.yml"), "rules: {tags: {name: a, delete: always}}");
        Path other = Files.writeString(directory.resolve("other.yml"), "log: {level: info}");

        assertThat(RulesReader.read(file).tags().rules()).hasSize(1);
        assertThatThrownBy(() -> RulesReader.read(other)).hasMessageContaining("no section 'rules'");
    }
}
