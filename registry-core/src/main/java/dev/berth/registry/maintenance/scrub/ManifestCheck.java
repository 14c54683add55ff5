package dev.berth.registry.maintenance.scrub;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.Links;
import dev.berth.registry.internal.store.RegistryStore;
import dev.berth.registry.internal.store.Revisions;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.manifest.ManifestReference;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStat;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.util.Optional;

/** Checks that a manifest is one, and that its parts are there and as large as it says. */
final class ManifestCheck {
    private final ObjectStore store;
    private final Links links;
    private final Revisions revisions;
    private final AffectedSearch affected;
    private final DataCheck data;
    private final Findings findings;
    private final Pace pace;

    ManifestCheck(
            ObjectStore store,
            RegistryStore registry,
            AffectedSearch affected,
            DataCheck data,
            Findings findings,
            Pace pace) {
        this.store = store;
        this.links = registry.links();
        this.revisions = registry.revisions();
        this.affected = affected;
        this.data = data;
        this.findings = findings;
        this.pace = pace;
    }

    void check(RepositoryName repository, Digest digest) throws IOException {
        // What does not have its digest is found where data is hashed.
        Optional<Manifest> manifest = revisions.read(repository, digest);
        if (manifest.isEmpty()) {
            return;
        }
        pace.read(manifest.get().size());
        if (!ManifestDocument.isKnown(manifest.get().mediaType())) {
            return;
        }
        Optional<ManifestDocument> document = Revisions.understand(manifest.get());
        if (document.isEmpty()) {
            add(
                    ScrubProblem.MALFORMED_MANIFEST,
                    repository,
                    digest,
                    digest,
                    "The manifest " + repository + "@" + digest + " is not a manifest of the type "
                            + manifest.get().mediaType() + ".");
            return;
        }
        for (ManifestReference reference : document.get().references()) {
            if (reference.isContent()) {
                check(repository, digest, reference);
            }
        }
    }

    private void check(RepositoryName repository, Digest manifest, ManifestReference reference) throws IOException {
        pace.question();
        Descriptor part = reference.descriptor();
        Optional<Digest> target = target(repository, reference);
        if (target.isEmpty()) {
            // An index may list images that the repository does not have, where that is permitted.
            boolean needed = reference.required() && reference.role() != ManifestReference.Role.MANIFEST;
            if (needed && isMissing(repository, manifest, reference)) {
                add(
                        ScrubProblem.MISSING_PART,
                        repository,
                        manifest,
                        part.digest(),
                        "The manifest " + repository + "@"
                                + manifest + " needs the blob " + part.digest()
                                + ", which the repository does not have. Push it again.");
            }
            return;
        }
        // That data is missing is told where its link is looked at.
        Optional<ObjectStat> stat = store.stat(Keys.data(target.get()));
        boolean differs =
                stat.isPresent() && stat.get().size() > 0 && stat.get().size() != part.size();
        if (differs && data.check(target.get())) {
            add(
                    ScrubProblem.WRONG_SIZE,
                    repository,
                    manifest,
                    part.digest(),
                    "The manifest " + repository + "@"
                            + manifest + " states " + part.size() + " bytes of " + part.digest() + ", which has "
                            + stat.get().size() + ".");
        }
    }

    /** Returns whether a part is missing while the manifest is there, which may just be deleted. */
    private boolean isMissing(RepositoryName repository, Digest manifest, ManifestReference reference)
            throws IOException {
        return revisions.isLinked(repository, manifest)
                && target(repository, reference).isEmpty()
                && store.stat(Keys.layerLink(repository, reference.digest())).isEmpty();
    }

    private Optional<Digest> target(RepositoryName repository, ManifestReference reference) throws IOException {
        ObjectKey layer = Keys.layerLink(repository, reference.digest());
        if (reference.role() == ManifestReference.Role.MANIFEST) {
            Optional<Digest> revision = links.target(Keys.revisionLink(repository, reference.digest()));
            return revision.isPresent() ? revision : links.target(layer);
        }
        return links.target(layer);
    }

    private void add(
            ScrubProblem problem, RepositoryName repository, Digest manifest, Digest content, String description)
            throws IOException {
        findings.add(new ScrubFinding(
                problem,
                Keys.revisionLink(repository, manifest),
                Optional.of(content),
                description,
                affected.by(repository, manifest),
                Optional.empty()));
    }
}
