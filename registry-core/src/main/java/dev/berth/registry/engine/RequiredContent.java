package dev.berth.registry.engine;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.image.ImageIndex;
import dev.berth.registry.image.ImageManifest;
import dev.berth.registry.image.ManifestDocument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks that a repository has what a manifest refers to. */
final class RequiredContent {
    private final Engine engine;
    private final RepositoryName repository;

    RequiredContent(Engine engine, RepositoryName repository) {
        this.engine = engine;
        this.repository = repository;
    }

    /** Fails with an error for each thing that is missing. */
    void check(ManifestDocument document) throws IOException {
        List<RegistryError> errors = new ArrayList<>();
        if (document instanceof ImageManifest image) {
            checkBlob(image.config(), engine.options.requireBlobs(), errors);
            for (Descriptor layer : image.layers()) {
                checkBlob(layer, engine.options.requireBlobs() && !ImageManifest.mayBeElsewhere(layer), errors);
            }
        } else if (document instanceof ImageIndex index) {
            for (Descriptor manifest : index.manifests()) {
                checkManifest(manifest, errors);
            }
        }
        if (!errors.isEmpty()) {
            throw RegistryException.builder(errors).build();
        }
    }

    private void checkBlob(Descriptor blob, boolean required, List<RegistryError> errors) throws IOException {
        Optional<Digest> data = engine.links.target(Keys.layerLink(repository, blob.digest()));
        Optional<Long> size = data.isEmpty() ? Optional.empty() : engine.data.size(data.get());
        if (size.isEmpty() && required || size.isPresent() && engine.data.condemned(data.orElseThrow())) {
            errors.add(missing("blob", blob));
        } else if (size.isPresent() && size.get() != blob.size()) {
            errors.add(wrongSize(blob, data.orElseThrow(), size.get()));
        }
    }

    /** Tells a wrong descriptor from data that a crash has cut; what was cut is forgotten, so that it is pushed again. */
    private RegistryError wrongSize(Descriptor blob, Digest data, long size) throws IOException {
        if (!engine.data.verify(data)) {
            engine.store.delete(Keys.layerLink(repository, blob.digest()));
            return missing("blob", blob);
        }
        return new RegistryError(
                ErrorCode.MANIFEST_INVALID,
                "The manifest says that " + blob.digest() + " is " + blob.size() + " bytes long, but it is " + size,
                Map.of("digest", blob.digest().toString()));
    }

    private void checkManifest(Descriptor manifest, List<RegistryError> errors) throws IOException {
        boolean required = engine.options.requireManifests();
        Optional<Digest> data = engine.links.target(Keys.revisionLink(repository, manifest.digest()));
        if (data.isEmpty()) {
            // An index may also refer to blobs.
            data = engine.links.target(Keys.layerLink(repository, manifest.digest()));
        }
        boolean present = data.isPresent() && engine.data.size(data.get()).isPresent();
        if (!present && required || present && engine.data.condemned(data.orElseThrow())) {
            errors.add(missing("manifest", manifest));
        }
    }

    private RegistryError missing(String what, Descriptor target) {
        return new RegistryError(
                ErrorCode.MANIFEST_BLOB_UNKNOWN,
                "The manifest refers to the " + what + " " + target.digest() + ", which is not in the repository "
                        + repository + "; push it first",
                Map.of("name", repository.value(), "digest", target.digest().toString()));
    }
}
