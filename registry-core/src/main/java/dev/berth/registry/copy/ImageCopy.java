package dev.berth.registry.copy;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Manifest;
import dev.berth.registry.PutOptions;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * One copy of one image: what it consists of, then the blobs, then the manifests, children before parents and the tag
 * last.
 */
final class ImageCopy {
    private final ImageLocation from;
    private final ImageLocation to;
    private final CopyOptions options;
    private final ParallelTasks tasks;
    private final Cancellation cancellation;
    private final SharedTransfers shared;
    private final ProgressCount progress;
    private final RepositoryLocation sourceLocation;
    private final Repository source;
    private final Repository target;

    ImageCopy(
            ImageLocation from,
            ImageLocation to,
            CopyOptions options,
            ParallelTasks tasks,
            Cancellation cancellation,
            SharedTransfers shared) {
        this.from = from;
        this.to = to;
        this.options = options;
        this.tasks = tasks;
        this.cancellation = cancellation;
        this.shared = shared;
        this.progress = new ProgressCount(options.listener());
        this.sourceLocation = RepositoryLocation.of(from);
        this.source = from.repository();
        this.target = to.repository();
    }

    CopyResult run() {
        Manifest named = read(from);
        PlatformChoice.Chosen chosen = new PlatformChoice(from, options.platforms()).of(named);
        Manifest root = chosen.made()
                .orElseGet(() -> read(from.withSelector(chosen.descriptor().digest())));
        if (to.selector() instanceof Digest expected && !expected.equals(root.digest())) {
            throw RegistryException.of(
                    ErrorCode.DIGEST_INVALID,
                    from + " cannot be copied to " + to + ": what would be there has the digest " + root.digest()
                            + "; name the target by a tag");
        }
        ContentGraph found = new GraphWalk(sourceLocation, GraphWalk.Attached.of(options), tasks).from(root);
        ImageRewriting rewriting = new ImageRewriting(
                options, to.selector() instanceof Digest, this::manifest, new GraphRewrite.Image(root, found));
        GraphRewrite.Image converted = rewriting.converted();
        GraphRewrite.Image image = rewriting.compressed(transfer(converted.graph(), rewriting));
        pushManifests(image.graph(), image.root());
        Digest copied = image.root().digest();
        if (!copied.equals(root.digest())) {
            progress.warn(CopyWarning.Kind.DIGEST_CHANGED, rewriting.changes(from, copied));
        }
        boolean made = !copied.equals(root.digest()) || chosen.made().isPresent() && !copied.equals(named.digest());
        warn(named.digest(), copied, made);
        return new CopyResult(named.descriptor(), image.root().descriptor(), progress.blobs(), progress.manifests());
    }

    /** Brings the blobs to the target. Returns the layers that were compressed, by what they were. */
    private Map<Digest, Descriptor> transfer(ContentGraph graph, ImageRewriting rewriting) {
        List<NeededBlob> blobs = graph.blobsBySize();
        progress.total(blobs.size(), graph.blobBytes(), graph.manifests().size());
        BlobTransfer transfer =
                new BlobTransfer(sourceLocation, RepositoryLocation.of(to), shared, cancellation, progress);
        Map<Digest, Descriptor> compressed = new ConcurrentHashMap<>();
        tasks.map(blobs, blob -> {
            Optional<String> mediaType = rewriting.compressedType(blob);
            if (mediaType.isPresent()) {
                compressed.put(blob.digest(), transfer.compress(blob, mediaType.get()));
            } else {
                transfer.run(blob);
            }
            return blob;
        });
        return compressed;
    }

    private Manifest read(ImageLocation location) {
        try {
            return source.manifests().get(location.selector());
        } catch (RegistryException e) {
            throw CopyFailure.of("read the manifest " + location, e);
        }
    }

    private void pushManifests(ContentGraph graph, Manifest root) {
        // Something that refers to the image comes after it, and the tag after that: who finds the image by its tag
        // finds its signatures too. Else the image is pushed once, with its tag.
        boolean referredTo = graph.signatures().containsValue(root.digest())
                || graph.nodes().stream().anyMatch(node -> node.before().contains(root.digest()));
        for (List<ContentGraph.Node> wave : graph.waves()) {
            List<ContentGraph.Node> now = wave.stream()
                    .filter(node -> referredTo || !node.descriptor().digest().equals(root.digest()))
                    .toList();
            tasks.map(now, node -> {
                push(node.descriptor(), graph.tagsOf(node.descriptor().digest()), () -> manifest(node));
                return node;
            });
        }
        if (to.selector() instanceof Tag tag) {
            tag(root, tag, !referredTo);
        } else if (!referredTo) {
            push(root.descriptor(), List.of(), () -> root);
        }
    }

    private void warn(Digest named, Digest copied, boolean made) {
        RepositoryLocation targetLocation = RepositoryLocation.of(to);
        if (!options.warnOfSignatures() || sourceLocation.isSameAs(targetLocation)) {
            return;
        }
        if (!named.equals(copied)) {
            new SignatureLook(sourceLocation, targetLocation, tag -> false, tasks)
                    .leftOut(named)
                    .ifPresent(left -> progress.warn(
                            CopyWarning.Kind.SIGNATURES_NOT_VALID,
                            "Signatures of " + from + ", or what else belongs to it, do not follow (" + left
                                    + "): they are for " + named + ", and the copy has another digest, " + copied));
        }
        if (!options.referrers() && !made) {
            new SignatureLook(sourceLocation, targetLocation, options.copiedOtherwise(), tasks)
                    .leftOut(copied)
                    .ifPresent(left -> progress.warn(
                            CopyWarning.Kind.SIGNATURES_LEFT_OUT,
                            "Signatures of " + from.withSelector(copied)
                                    + ", or what else belongs to it, were not copied (" + left + ")"));
        }
    }

    private Manifest manifest(ContentGraph.Node node) {
        Digest digest = node.descriptor().digest();
        return node.manifest().orElseGet(() -> read(from.withSelector(digest)));
    }

    private void push(Descriptor descriptor, List<Tag> tags, Supplier<Manifest> manifest) {
        CopyOutcome outcome = call(descriptor, () -> {
            List<Tag> missing = tags.stream()
                    .filter(tag -> !target.tags()
                            .resolve(tag)
                            .map(Descriptor::digest)
                            .equals(Optional.of(descriptor.digest())))
                    .toList();
            boolean there = target.manifests().find(descriptor.digest()).isPresent();
            if (!there || !missing.isEmpty()) {
                target.manifests()
                        .put(manifest.get(), PutOptions.builder().tags(missing).build());
            }
            return there ? CopyOutcome.SKIPPED : CopyOutcome.COPIED;
        });
        progress.manifest(descriptor, outcome);
    }

    /**
     * Points the tag at the image, and pushes it by that.
     *
     * @param count whether the image was not counted yet
     */
    private void tag(Manifest root, Tag tag, boolean count) {
        CopyOutcome outcome = call(root.descriptor(), () -> {
            Optional<Digest> tagged = target.tags().resolve(tag).map(Descriptor::digest);
            if (tagged.equals(Optional.of(root.digest()))) {
                return CopyOutcome.SKIPPED;
            }
            boolean there = count && target.manifests().find(root.digest()).isPresent();
            target.manifests().put(root, PutOptions.tagged(tag).onlyIf(options.condition()));
            return there ? CopyOutcome.SKIPPED : CopyOutcome.COPIED;
        });
        if (count) {
            progress.manifest(root.descriptor(), outcome);
        }
    }

    private CopyOutcome call(Descriptor manifest, Supplier<CopyOutcome> call) {
        try {
            return call.get();
        } catch (RegistryException e) {
            throw CopyFailure.of("copy the manifest " + manifest.digest() + " from " + from + " to " + to, e);
        }
    }
}
