package dev.berth.registry.copy;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.manifest.ManifestReference;
import dev.berth.registry.manifest.SignatureTags;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Finds all that an image consists of, level by level; the manifests of a level are read in parallel. */
final class GraphWalk {
    private static final int MAX_MANIFESTS = 10_000;
    private static final int MAX_BLOBS = 100_000;

    /** So many bytes of manifests are kept, so that they need not be read again when they are pushed. */
    private static final long MAX_KEPT_BYTES = 8 * 1024 * 1024;

    private final RepositoryLocation from;
    private final Repository source;
    private final Attached attached;
    private final ParallelTasks tasks;

    private final Map<Digest, ContentGraph.Node> manifests = new LinkedHashMap<>();
    private final Map<Digest, NeededBlob> blobs = new LinkedHashMap<>();
    private final Map<Tag, Digest> signatures = new LinkedHashMap<>();
    private final Set<Digest> seen = new LinkedHashSet<>();
    private long keptBytes;

    GraphWalk(RepositoryLocation from, Attached attached, ParallelTasks tasks) {
        this.from = from;
        this.source = from.open();
        this.attached = attached;
        this.tasks = tasks;
    }

    /** What is looked for beside what a manifest refers to. */
    enum Attached {
        NOTHING,
        /** What refers to it. */
        REFERRERS,
        /** What refers to it, and what cosign keeps for it in tags. */
        REFERRERS_AND_SIGNATURES;

        static Attached of(CopyOptions options) {
            if (!options.referrers()) {
                return NOTHING;
            }
            return options.signatureTags() ? REFERRERS_AND_SIGNATURES : REFERRERS;
        }
    }

    /** What is found at one manifest. */
    private record Finding(
            Manifest manifest,
            Set<Digest> before,
            List<Descriptor> manifests,
            List<NeededBlob> blobs,
            List<Descriptor> referrers,
            Map<Tag, Descriptor> signatures) {}

    ContentGraph from(Manifest root) {
        seen.add(root.digest());
        List<Descriptor> level = add(look(root));
        while (!level.isEmpty()) {
            List<Descriptor> next = new ArrayList<>();
            for (Finding finding : tasks.map(level, child -> look(read(child)))) {
                next.addAll(add(finding));
            }
            level = next;
        }
        return new ContentGraph(manifests, blobs, signatures);
    }

    /** Notes what was found, and returns the manifests that were not seen before. */
    private List<Descriptor> add(Finding finding) {
        Manifest manifest = finding.manifest();
        boolean keep = keptBytes + manifest.size() <= MAX_KEPT_BYTES || manifests.isEmpty();
        keptBytes += keep ? manifest.size() : 0;
        manifests.put(
                manifest.digest(),
                new ContentGraph.Node(
                        manifest.descriptor(), keep ? Optional.of(manifest) : Optional.empty(), finding.before()));
        for (NeededBlob blob : finding.blobs()) {
            blobs.merge(blob.digest(), blob, NeededBlob::or);
        }
        List<Descriptor> unseen = new ArrayList<>();
        finding.signatures().forEach((tag, signature) -> signatures.put(tag, signature.digest()));
        for (Collection<Descriptor> found : List.of(
                finding.manifests(), finding.referrers(), finding.signatures().values())) {
            for (Descriptor next : found) {
                if (seen.add(next.digest())) {
                    unseen.add(next);
                }
            }
        }
        if (seen.size() > MAX_MANIFESTS || blobs.size() > MAX_BLOBS) {
            throw RegistryException.of(
                    ErrorCode.UNSUPPORTED,
                    "The image consists of more than " + MAX_MANIFESTS + " manifests or " + MAX_BLOBS
                            + " blobs; copy its parts one by one");
        }
        return unseen;
    }

    private Finding look(Manifest manifest) {
        ManifestDocument document = ManifestDocument.parse(manifest);
        List<Descriptor> children = new ArrayList<>();
        List<NeededBlob> needed = new ArrayList<>();
        Set<Digest> before = new LinkedHashSet<>();
        for (ManifestReference reference : document.references()) {
            if (reference.role() == ManifestReference.Role.SUBJECT) {
                before.add(reference.digest());
            } else if (reference.role() == ManifestReference.Role.MANIFEST && isManifest(reference.descriptor())) {
                before.add(reference.digest());
                children.add(reference.descriptor());
            } else {
                needed.add(new NeededBlob(reference.descriptor(), !reference.required()));
            }
        }
        return new Finding(
                manifest, before, children, needed, referrers(manifest.digest()), signatures(manifest.digest()));
    }

    /** Some builders list blobs of their caches in an index. */
    private boolean isManifest(Descriptor child) {
        return ManifestDocument.isKnown(child.mediaType())
                || call("look up " + child.digest(), () -> source.manifests().find(child.digest()))
                        .isPresent();
    }

    private List<Descriptor> referrers(Digest subject) {
        return attached != Attached.NOTHING
                ? call(
                        "list what refers to " + subject,
                        () -> source.manifests().referrers(subject).toList())
                : List.of();
    }

    /** One request for each tag, which as a rule is not there. To list all tags of a repository could take thousands. */
    private Map<Tag, Descriptor> signatures(Digest subject) {
        Map<Tag, Descriptor> found = new LinkedHashMap<>();
        if (attached == Attached.REFERRERS_AND_SIGNATURES) {
            for (Tag tag : SignatureTags.of(subject)) {
                call("look up the tag " + tag, () -> source.tags().resolve(tag))
                        .ifPresent(signature -> found.put(tag, signature));
            }
        }
        return found;
    }

    private Manifest read(Descriptor manifest) {
        String platform = manifest.platform()
                .map(Platform::toString)
                .map(p -> " (" + p + ")")
                .orElse("");
        return call(
                "read the manifest " + manifest.digest() + platform,
                () -> source.manifests().get(manifest.digest()));
    }

    private <T> T call(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (RegistryException e) {
            throw CopyFailure.of(what + " of " + from, e);
        }
    }
}
