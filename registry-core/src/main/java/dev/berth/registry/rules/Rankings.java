package dev.berth.registry.rules;

import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The newest tags of a repository, for each rule that asks for them. */
final class Rankings {
    private final Map<Key, Ranking> rankings;

    private Rankings(Map<Key, Ranking> rankings) {
        this.rankings = rankings;
    }

    private record Key(TagRule rule, RuleCondition.Newest condition) {}

    /** Reads the tags of a repository if any of these rules asks for their order. */
    static Rankings read(Registry registry, RepositoryName repository, TagRules rules, RepositoryFacts facts) {
        Map<Key, Ranking> rankings = new HashMap<>();
        for (TagRule rule : rules.rules()) {
            TagRules.parts(rule.condition())
                    .filter(RuleCondition.Newest.class::isInstance)
                    .map(RuleCondition.Newest.class::cast)
                    .forEach(newest -> rankings.put(new Key(rule, newest), new Ranking(newest)));
        }
        if (!rankings.isEmpty()) {
            for (Tag tag : registry.repository(repository).tags().list()) {
                if (AttachedTags.image(tag).isEmpty()) {
                    rank(tag, facts.tag(repository, tag), rankings);
                }
            }
        }
        return new Rankings(rankings);
    }

    private static void rank(Tag tag, Optional<RepositoryFacts.SetTag> found, Map<Key, Ranking> rankings) {
        if (found.isEmpty()) {
            return;
        }
        Candidate candidate = Candidate.of(tag, found.get());
        rankings.forEach((key, ranking) -> {
            if (key.rule().concerns(candidate.tag())) {
                ranking.add(candidate);
            }
        });
    }

    Ranking of(TagRule rule, RuleCondition.Newest condition) {
        return Objects.requireNonNull(rankings.get(new Key(rule, condition)), "ranking");
    }
}
