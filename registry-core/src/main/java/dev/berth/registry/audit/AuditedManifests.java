package dev.berth.registry.audit;

import dev.berth.registry.DeleteCondition;
import dev.berth.registry.DeleteResult;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.Manifests;
import dev.berth.registry.PutOptions;
import dev.berth.registry.PutResult;
import dev.berth.registry.Tag;
import dev.berth.registry.compose.ForwardingManifests;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The manifests of an {@link Audited} registry. */
final class AuditedManifests extends ForwardingManifests {
    /** How many tags are named that were deleted with a manifest. */
    private static final int MOST_TAGS = 10;

    private final Auditor auditor;

    AuditedManifests(Manifests delegate, Auditor auditor) {
        super(delegate);
        this.auditor = auditor;
    }

    @Override
    public Optional<Descriptor> find(ManifestSelector selector) {
        return auditor.read(() -> "look up the manifest " + selector + " in ", () -> super.find(selector));
    }

    @Override
    public Manifest get(ManifestSelector selector) {
        return auditor.read(() -> "pull the manifest " + selector + " from ", () -> super.get(selector));
    }

    @Override
    public PutResult put(Manifest manifest, PutOptions options) {
        return auditor.change(
                () -> "push the manifest " + manifest.digest() + as(options.tags()) + " to ",
                () -> super.put(manifest, options));
    }

    private static String as(List<Tag> tags) {
        return tags.isEmpty() ? "" : " as " + listed(tags);
    }

    private static String listed(List<Tag> tags) {
        String named = tags.stream().limit(MOST_TAGS).map(Tag::toString).collect(Collectors.joining(", "));
        return tags.size() <= MOST_TAGS ? named : named + " and " + (tags.size() - MOST_TAGS) + " more";
    }

    @Override
    public DeleteResult delete(Digest digest) {
        DeleteResult result = auditor.change(() -> deletion(digest), () -> super.delete(digest));
        if (result.deleted()) {
            List<Tag> tags = result.tags();
            auditor.deleted(
                    deletion(digest),
                    tags.isEmpty() ? "" : (tags.size() == 1 ? "with the tag " : "with the tags ") + listed(tags));
        }
        return result;
    }

    @Override
    public boolean delete(Digest digest, DeleteCondition condition) {
        boolean deleted = auditor.change(() -> deletion(digest), () -> super.delete(digest, condition));
        if (deleted) {
            auditor.deleted(deletion(digest), "");
        }
        return deleted;
    }

    private static String deletion(Digest digest) {
        return "delete the manifest " + digest + " from ";
    }
}
