package dev.berth.registry.scan.gate;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.manifest.PlatformImages;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects the images of an index, through the indexes in it, with the platforms that those name. For one thread. */
final class IndexImages {
    private static final int MOST_IMAGES = 500;
    private static final int MOST_INDEXES = 50;

    private final Repository repository;
    private final GateRule rule;
    private final Map<Digest, Descriptor> images = new LinkedHashMap<>();
    private int indexes;
    private boolean complete = true;

    IndexImages(Repository repository, GateRule rule) {
        this.repository = repository;
        this.rule = rule;
    }

    Map<Digest, Descriptor> images() {
        return images;
    }

    /** Returns whether all were collected. */
    boolean isComplete() {
        return complete;
    }

    void add(ImageIndex index) {
        for (Descriptor entry : index.manifests()) {
            add(entry, Optional.empty());
        }
    }

    private void add(Descriptor entry, Optional<Platform> ofIndex) {
        Optional<Platform> platform = entry.platform().or(() -> ofIndex);
        if (!complete || !PlatformImages.mayBeImage(entry) || !rule.counts(platform)) {
            return;
        }
        if (!ImageIndex.isImageIndex(entry.mediaType())) {
            images.putIfAbsent(entry.digest(), entry);
            complete = images.size() <= MOST_IMAGES;
            return;
        }
        if (++indexes > MOST_INDEXES) {
            complete = false;
            return;
        }
        for (Descriptor inner : nested(entry).manifests()) {
            add(inner, platform);
        }
    }

    /** What is not here cannot be pulled from here either. */
    private ImageIndex nested(Descriptor entry) {
        try {
            Manifest manifest = repository.manifests().get(entry.digest());
            if (ManifestDocument.parse(manifest) instanceof ImageIndex index) {
                return index;
            }
            images.putIfAbsent(entry.digest(), entry);
        } catch (RegistryException e) {
            if (e.code() != ErrorCode.MANIFEST_UNKNOWN && e.code() != ErrorCode.MANIFEST_INVALID) {
                throw e;
            }
        }
        return ImageIndex.of(List.of());
    }
}
