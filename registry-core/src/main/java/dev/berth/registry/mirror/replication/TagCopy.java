package dev.berth.registry.mirror.replication;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.PutResult;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import dev.berth.registry.copy.CopyOptions;
import dev.berth.registry.copy.CopyResult;
import dev.berth.registry.copy.ImageCopier;
import java.util.Optional;

/** Copies images as a rule says, and changes tags of the target only if they are what they were. Thread-safe. */
final class TagCopy {
    private final ReplicationRule rule;
    private final ImageCopier copier;
    private volatile boolean withoutConditions;

    TagCopy(ReplicationRule rule, ImageCopier copier) {
        this.rule = rule;
        this.copier = copier;
    }

    /** Returns what the target should have for an image of the source. */
    Digest digest(Site site, Digest source, boolean whole) {
        return ImageCopier.copiedDigest(
                site.sourceImage(source), options(whole, TagCondition.any()).build());
    }

    /**
     * Copies an image, and sets a tag to it.
     *
     * @param pair the image, and what the tag will name
     * @param now what the tag names at the target
     * @param whole whether platforms are not chosen
     * @return empty if it names something else meanwhile
     */
    Optional<CopyResult> set(Site site, AgreedTag.Pair pair, Tag tag, Optional<Digest> now, boolean whole) {
        TagCondition condition = now.map(TagCondition::currently).orElseGet(TagCondition::absent);
        if (!withoutConditions) {
            try {
                return Optional.of(copy(site, pair.source(), tag, options(whole, condition)));
            } catch (RegistryException e) {
                if (e.code() == ErrorCode.PRECONDITION_FAILED) {
                    return Optional.empty();
                }
                if (e.code() != ErrorCode.UNSUPPORTED) {
                    throw e;
                }
            }
        }
        // The target keeps no conditions, or does not do at all what was asked for, which shows now. The image comes
        // before
        // the look at the tag, so that there is little time after that.
        CopyResult result = copy(site, pair.source(), pair.target(), options(whole, TagCondition.any()));
        if (!site.targetDigest(tag).equals(now)) {
            return Optional.empty();
        }
        PutResult unused = site.target().tags().put(tag, pair.target());
        withoutConditions = true;
        return Optional.of(result);
    }

    /** Copies what refers to an image that the target has, and the manifests of it that are missing there. */
    CopyResult complete(Site site, Digest source, Digest target) {
        return copy(site, source, target, options(false, TagCondition.any()));
    }

    /** Copies a manifest that refers to another one, with what refers to it. */
    CopyResult referrer(Site site, Digest digest) {
        return copy(site, digest, digest, options(true, TagCondition.any()));
    }

    boolean isComplete(Site site, Digest source) {
        return copier.isComplete(
                site.sourceImage(source),
                site.to(),
                options(false, TagCondition.any()).build());
    }

    private CopyResult copy(Site site, Digest source, ManifestSelector target, CopyOptions.Builder options) {
        return copier.copy(site.sourceImage(source), site.targetImage(target), options.build());
    }

    private CopyOptions.Builder options(boolean whole, TagCondition condition) {
        // Cosign's tags are tags as all others here: changed at both sides, they are a conflict.
        CopyOptions.Builder options = CopyOptions.builder()
                .referrers(rule.referrers())
                .signatureTags(false)
                .condition(condition);
        if (!whole) {
            rule.platforms().forEach(options::platform);
        }
        return options;
    }

    /** Deletes a tag of the target, and returns whether it was what it should be, or was gone. */
    static boolean delete(Site site, Tag tag, Digest now) {
        try {
            boolean unused = site.target().tags().delete(tag, TagCondition.currently(now));
            return true;
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.PRECONDITION_FAILED) {
                return false;
            }
            if (e.code() != ErrorCode.UNSUPPORTED) {
                throw e;
            }
        }
        Optional<Digest> present = site.targetDigest(tag);
        if (present.isPresent() && !present.get().equals(now)) {
            return false;
        }
        boolean unused = present.isPresent() && site.target().tags().delete(tag);
        return true;
    }
}
