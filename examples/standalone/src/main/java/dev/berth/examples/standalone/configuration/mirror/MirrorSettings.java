package dev.berth.examples.standalone.configuration.mirror;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.mirror.MirrorOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A mirror of another registry.
 *
 * @param name its name
 * @param prefix the name below which its repositories are here; empty if the whole server is the mirror
 * @param namespaces by which names clients ask for the registry, with containerd's {@code ns}
 * @param chosenByDefault whether it is asked for what is of no other mirror
 * @param onlyHere for which names it is not asked by default
 * @param upstream the registry
 * @param allow what may be mirrored, by the names upstream; empty for all
 * @param fresh for how long tags are served without asking; empty for the default
 * @param freshTags the same for some of them, the first that matches
 * @param missing for how long is remembered what upstream does not have
 * @param deadline how long a check of a tag may take
 * @param budget how many bytes it may hold
 * @param unusedFor after which time without a use an image goes; empty for never
 * @param referrers whether signatures and the like come with images
 * @param keepGone whether tags that are gone upstream are served nevertheless
 */
public record MirrorSettings(
        String name,
        Optional<RepositoryName> prefix,
        List<String> namespaces,
        boolean chosenByDefault,
        List<NamePattern> onlyHere,
        UpstreamSettings upstream,
        List<NamePattern> allow,
        Optional<Duration> fresh,
        List<FreshTags> freshTags,
        Optional<Duration> missing,
        Optional<Duration> deadline,
        OptionalLong budget,
        Optional<Duration> unusedFor,
        boolean referrers,
        boolean keepGone) {

    /** Returns whether the whole server is this mirror. */
    public boolean isWholeServer() {
        return prefix.isEmpty();
    }

    /**
     * Returns the options of the mirror, to which listeners are added.
     *
     * @throws IllegalArgumentException if a value is none that it may have
     */
    public MirrorOptions.Builder options() {
        MirrorOptions.Builder options = MirrorOptions.builder()
                .name(name)
                .allow(allow)
                .bringReferrers(referrers)
                .keepWhatIsGone(keepGone);
        prefix.ifPresent(options::prefix);
        fresh.ifPresent(options::fresh);
        freshTags.forEach(rule -> options.fresh(rule.repositories(), rule.tags(), rule.time()));
        missing.ifPresent(options::missingFor);
        deadline.ifPresent(options::checkDeadline);
        budget.ifPresent(options::budget);
        unusedFor.ifPresent(options::evictUnused);
        return options;
    }
}
