package dev.berth.registry.layout;

import dev.berth.registry.Descriptor;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.manifest.ManifestReference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks a manifest before it is written into a layout: that it is one, and that what it refers to is there. */
final class LayoutPutCheck {
    private final Layout layout;
    private final LayoutRepository repository;

    LayoutPutCheck(Layout layout, LayoutRepository repository) {
        this.layout = layout;
        this.repository = repository;
    }

    ManifestDocument check(Manifest manifest) throws IOException {
        if (manifest.size() > LayoutGraph.MAX_MANIFEST_BYTES) {
            throw RegistryException.of(
                    ErrorCode.MANIFEST_TOO_LARGE,
                    "The manifest for " + repository.name() + " is " + manifest.size() + " bytes long; at most "
                            + LayoutGraph.MAX_MANIFEST_BYTES + " are taken");
        }
        ManifestDocument document = ManifestDocument.parseNew(manifest);
        List<RegistryError> errors = new ArrayList<>();
        for (ManifestReference reference : document.references()) {
            if (reference.isContent()) {
                require(reference.descriptor(), !reference.required(), errors);
            }
        }
        if (!errors.isEmpty()) {
            throw RegistryException.builder(errors).build();
        }
        return document;
    }

    private void require(Descriptor content, boolean optional, List<RegistryError> errors) throws IOException {
        Optional<LayoutFile> file = layout.blob(content.digest());
        if (file.isPresent() ? file.get().size() == content.size() : optional) {
            return;
        }
        Map<String, String> detail = Map.of(
                "name", repository.name().value(), "digest", content.digest().toString());
        errors.add(
                file.isEmpty()
                        ? new RegistryError(
                                ErrorCode.MANIFEST_BLOB_UNKNOWN,
                                "The manifest refers to " + content.digest() + ", which is not in the repository "
                                        + repository.name() + "; push it first",
                                detail)
                        : new RegistryError(
                                ErrorCode.MANIFEST_INVALID,
                                "The manifest says that " + content.digest() + " is " + content.size()
                                        + " bytes long, but it is "
                                        + file.get().size(),
                                detail));
    }
}
