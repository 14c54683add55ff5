package dev.berth.registry.scan.advisory;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is in an index. Immutable.
 *
 * @param builtAt when it was made
 * @param newest when the newest advisory was changed; empty if none says it
 * @param advisories how many there are of each ecosystem, by its name without a release
 * @param releases the ecosystems with their releases: {@code Debian:13}. Those of Ubuntu are without {@code LTS} and
 *     {@code Pro}, those of Red Hat without the repository, those of SUSE have the number of the release alone
 * @param withdrawn how many of them are withdrawn
 * @param ignored how many advisories were left out because the versions of their ecosystem have no order that Berth knows, or
 *     they are about no package
 * @param rejected how many could not be read
 * @param reasons of the first of those, where they are and why: sentences for people
 * @since 0.1
 */
public record AdvisoryFacts(
        Instant builtAt,
        Optional<Instant> newest,
        Map<String, Long> advisories,
        SortedSet<String> releases,
        long withdrawn,
        long ignored,
        long rejected,
        List<String> reasons) {

    /** Copies the collections. */
    public AdvisoryFacts {
        Objects.requireNonNull(builtAt, "builtAt");
        Objects.requireNonNull(newest, "newest");
        advisories = Collections.unmodifiableMap(new TreeMap<>(advisories));
        releases = Collections.unmodifiableSortedSet(new TreeSet<>(releases));
        reasons = List.copyOf(reasons);
    }

    /** Returns how many advisories there are of an ecosystem, with or without its release. */
    public long count(String ecosystem) {
        int release = ecosystem.indexOf(':');
        return advisories.getOrDefault(release < 0 ? ecosystem : ecosystem.substring(0, release), 0L);
    }
}
