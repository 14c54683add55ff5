package dev.berth.registry.mirror.replication;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Tag;
import dev.berth.registry.copy.CopyResult;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.manifest.SignatureTags;
import dev.berth.registry.mirror.replication.AgreedTag.Pair;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Brings one tag in order: looks at both sides and at what they had, decides, and does it. What both have had is written
 * after that, and what is about to be set before: so after a crash at any time it is known which of two different
 * images is the newer one.
 */
final class TagSync {
    private final ReplicationRule rule;
    private final AgreedTags agreed;
    private final TagCopy copies;
    private final RuleReport report;
    private final Duration settle;
    private final InstantSource clock;

    TagSync(
            ReplicationRule rule,
            AgreedTags agreed,
            TagCopy copies,
            RuleReport report,
            Duration settle,
            InstantSource clock) {
        this.rule = rule;
        this.agreed = agreed;
        this.copies = copies;
        this.report = report;
        this.settle = settle;
        this.clock = clock;
    }

    /**
     * How it went.
     *
     * @param kind what came of it
     * @param again when to look again
     */
    record Result(Kind kind, Optional<Instant> again) {
        enum Kind {
            /** It is as it should be, or left as it is. */
            DONE,
            /** It has changed meanwhile. */
            CHANGED,
            /** It is left until a time. */
            LATER
        }

        static final Result DONE = new Result(Kind.DONE, Optional.empty());
        private static final Result CHANGED = new Result(Kind.CHANGED, Optional.empty());
    }

    /** What is known of a tag while it is worked on. */
    private record Look(
            Site site,
            Tag tag,
            AgreedTags.Found found,
            AgreedTag known,
            Optional<Digest> source,
            Optional<Digest> wanted,
            Optional<Digest> target,
            Optional<Pair> base) {

        Work work() {
            return new Work(site.name(), tag);
        }

        /** Cosign's tags have no platforms. */
        boolean whole() {
            return SignatureTags.subject(tag).isPresent();
        }

        Optional<Pair> pair() {
            return source.flatMap(from -> wanted.map(to -> new Pair(from, to)));
        }
    }

    /** Returns whether the rule is about a tag. */
    boolean selects(Tag tag) {
        if (SignatureTags.isListOfReferrers(tag)) {
            return false;
        }
        return SignatureTags.subject(tag).isPresent() ? rule.referrers() : rule.selects(tag);
    }

    /**
     * Brings a tag in order.
     *
     * @param thorough whether what refers to an image is looked up though the tag is in order
     */
    Result sync(Site site, Tag tag, boolean thorough) {
        return sync(look(site, tag), thorough, false);
    }

    /** Returns whether the source had a tag and does not have it any more, so that it would be deleted. Changes nothing. */
    boolean wouldDelete(Site site, Tag tag) {
        Look look = look(site, tag);
        return TagDecision.of(look.wanted(), look.target(), look.base().map(Pair::target), rule) == TagDecision.DELETE;
    }

    private Look look(Site site, Tag tag) {
        boolean whole = SignatureTags.subject(tag).isPresent();
        String form = whole ? "all" : rule.form();
        AgreedTags.Found found = agreed.read(site.name(), tag);
        AgreedTag known = found.tag().orElseGet(() -> AgreedTag.unknown(form));
        Optional<Digest> source = site.sourceDigest(tag);
        Optional<Digest> target = site.targetDigest(tag);
        Optional<Digest> wanted =
                source.map(digest -> wanted(site, digest, whole, known.targetFor(digest, form), target));
        return new Look(site, tag, found, known, source, wanted, target, known.base(target));
    }

    /**
     * Returns what the target should have. What it has counts, if that is what a copy would bring: also where something else
     * was agreed on, after a conflict.
     *
     * @param agreedOn what is known to belong to what the source has
     */
    private Digest wanted(Site site, Digest source, boolean whole, Optional<Digest> agreedOn, Optional<Digest> target) {
        if (agreedOn.isPresent() && agreedOn.equals(target)) {
            return agreedOn.get();
        }
        Digest copied = copies.digest(site, source, whole);
        return target.equals(Optional.of(copied)) ? copied : agreedOn.orElse(copied);
    }

    private Result sync(Look look, boolean thorough, boolean attached) {
        TagDecision decision =
                TagDecision.of(look.wanted(), look.target(), look.base().map(Pair::target), rule);
        return switch (decision) {
            case AGREE -> agree(look, thorough);
            case FORGET, NOT_OURS -> {
                report.agrees(look.work());
                if (decision == TagDecision.FORGET || look.found().tag().isEmpty()) {
                    agreed.forget(look.site().name(), look.tag(), look.found());
                }
                yield Result.DONE;
            }
            case CARRY -> {
                if (isWanted(look, attached)) {
                    yield carry(look);
                }
                report.agrees(look.work());
                yield Result.DONE;
            }
            case DELETE -> delete(look);
            case CONFLICT -> resolve(look);
            case TARGET_CHANGED -> leave(look, ReplicationDifference.Kind.TARGET_CHANGED);
            case NOT_CARRIED -> leave(look, ReplicationDifference.Kind.NOT_CARRIED);
        };
    }

    private Result leave(Look look, ReplicationDifference.Kind kind) {
        Instant unused = differs(look, kind);
        return Result.DONE;
    }

    private Instant differs(Look look, ReplicationDifference.Kind kind) {
        return report.differs(
                look.work(),
                new ReplicationDifference(
                        kind,
                        look.site().name(),
                        look.tag(),
                        look.wanted(),
                        look.target(),
                        look.base().map(Pair::target),
                        clock.instant()));
    }

    private Result agree(Look look, boolean thorough) {
        AgreedTag now = AgreedTag.of(form(look), look.pair().orElseThrow());
        if (!look.found().tag().equals(Optional.of(now))
                && agreed.write(look.site().name(), look.tag(), now, look.found())
                        .isEmpty()) {
            return Result.CHANGED;
        }
        report.agrees(look.work());
        if (thorough && rule.referrers() && !look.whole()) {
            complete(look);
        }
        return Result.DONE;
    }

    private String form(Look look) {
        return look.whole() ? "all" : rule.form();
    }

    /** What refers to an image comes and goes without its tag. */
    private void complete(Look look) {
        Digest source = look.source().orElseThrow();
        Digest target = look.target().orElseThrow();
        boolean sameImage = !rule.platforms().isEmpty() || source.equals(target);
        if (sameImage && !copies.isComplete(look.site(), source)) {
            CopyResult unused = copies.complete(look.site(), source, target);
        }
    }

    /** A signature is carried over if the target has what it is for, or is about to get it. */
    private static boolean isWanted(Look look, boolean attached) {
        Optional<Digest> subject = SignatureTags.subject(look.tag());
        return subject.isEmpty()
                || attached
                || look.target().isPresent()
                || look.site().target().manifests().find(subject.get()).isPresent();
    }

    private Result carry(Look look) {
        Site site = look.site();
        Pair pair = look.pair().orElseThrow();
        AgreedTags.Found found = look.found();
        AgreedTag intent = new AgreedTag(form(look), look.base(), Optional.of(pair));
        if (!found.tag().equals(Optional.of(intent))) {
            Optional<AgreedTags.Found> written = agreed.write(site.name(), look.tag(), intent, found);
            if (written.isEmpty()) {
                return Result.CHANGED;
            }
            found = written.get();
        }
        if (rule.referrers() && !look.whole()) {
            // Who finds the image by its tag finds its signatures too.
            for (Tag signature : SignatureTags.of(pair.target())) {
                if (site.sourceDigest(signature).isPresent()) {
                    Result unused = sync(look(site, signature), false, true);
                }
            }
        }
        Optional<CopyResult> copy = copies.set(site, pair, look.tag(), look.target(), look.whole());
        if (copy.isEmpty()) {
            return Result.CHANGED;
        }
        Digest now = copy.get().target().digest();
        report.carried(look.work(), look.tag(), now, copy.get().blobs().bytesCopied());
        report.agrees(look.work());
        AgreedTag both = AgreedTag.of(form(look), new Pair(pair.source(), now));
        return agreed.write(site.name(), look.tag(), both, found).isPresent() ? Result.DONE : Result.CHANGED;
    }

    private Result delete(Look look) {
        if (!TagCopy.delete(look.site(), look.tag(), look.target().orElseThrow())) {
            return Result.CHANGED;
        }
        report.deleted(look.work(), look.tag());
        report.agrees(look.work());
        agreed.forget(look.site().name(), look.tag(), look.found());
        return Result.DONE;
    }

    /** Waits before it decides for one side: the other one may be about to tell that it is no conflict. */
    private Result resolve(Look look) {
        Instant since = differs(look, ReplicationDifference.Kind.CONFLICT);
        if (rule.conflicts() == ReplicationRule.Conflicts.REPORT) {
            return Result.DONE;
        }
        Instant end = since.plus(settle);
        if (clock.instant().isBefore(end)) {
            return new Result(Result.Kind.LATER, Optional.of(end));
        }
        if (rule.conflicts() == ReplicationRule.Conflicts.TARGET) {
            return keepTarget(look);
        }
        if (look.wanted().isEmpty()) {
            return delete(look);
        }
        return rule.moves() ? carry(look) : Result.DONE;
    }

    /** From now on what both have belongs together. */
    private Result keepTarget(Look look) {
        if (look.source().isEmpty()) {
            agreed.forget(look.site().name(), look.tag(), look.found());
            report.agrees(look.work());
            return Result.DONE;
        }
        Pair pair = new Pair(look.source().get(), look.target().orElseThrow());
        if (agreed.write(look.site().name(), look.tag(), AgreedTag.of(form(look), pair), look.found())
                .isEmpty()) {
            return Result.CHANGED;
        }
        report.agrees(look.work());
        return Result.DONE;
    }

    /** Brings a manifest over that was pushed without a tag, if it refers to something that the target has. */
    void syncReferrer(Site site, Digest digest) {
        if (site.source().manifests().find(digest).isEmpty()) {
            return;
        }
        Manifest manifest = site.source().manifests().get(digest);
        Optional<Digest> subject = ManifestDocument.parse(manifest).subject().map(Descriptor::digest);
        if (subject.isPresent()
                && site.target().manifests().find(subject.get()).isPresent()
                && site.target().manifests().find(digest).isEmpty()) {
            CopyResult unused = copies.referrer(site, digest);
        }
    }
}
