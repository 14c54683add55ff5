package dev.berth.registry.engine;

import com.google.common.collect.Iterables;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.Prefetches;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.manifest.ManifestReference;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.Prefetch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks that a repository has the content that a manifest refers to. Each digest is checked once, however often it is
 * named, and the number of errors is limited, so that a pushed manifest cannot cause unbounded work.
 */
final class RequiredContent {
    private static final int MOST_ERRORS = 100;

    /** How many are read at the same time, where the store gains by that. */
    private static final int AT_ONCE = 16;

    private final Engine engine;
    private final RepositoryName repository;
    private final Reliance reliance;
    private final Map<Digest, Digest> manifests = new LinkedHashMap<>();

    RequiredContent(Engine engine, RepositoryName repository) {
        this.engine = engine;
        this.repository = repository;
        this.reliance = new Reliance(engine, repository);
    }

    /** A manifest or blob that a manifest refers to, with the size that its descriptor states. */
    private record Need(boolean manifest, Digest digest, long size, boolean required) {
        String kind() {
            return manifest ? "manifest" : "blob";
        }
    }

    /**
     * Fails with an error for each manifest or blob that is missing, is being removed, or has another size. What a collection
     * has condemned is rescued.
     *
     * @return by the digest that the manifest names, the digest of the data, where it is another one
     */
    Map<Digest, Digest> check(ManifestDocument document) throws IOException {
        List<RegistryError> errors = new ArrayList<>();
        Map<Digest, Digest> targets = new HashMap<>();
        DamageCheck damage = new DamageCheck(engine, repository);
        for (List<Need> some : Iterables.partition(needs(document), AT_ONCE)) {
            try (Prefetches<Need, Optional<Reliance.Found>> reads = Prefetches.begin(some, this::begin)) {
                for (Need need : some) {
                    if (errors.size() < MOST_ERRORS) {
                        Optional<Reliance.Found> found = found(need, reads.get(need));
                        check(need, found, damage).ifPresent(errors::add);
                        found.filter(there -> !there.data().equals(need.digest))
                                .ifPresent(there -> targets.put(need.digest, there.data()));
                    }
                }
            }
        }
        if (!errors.isEmpty()) {
            throw RegistryException.builder(errors).build();
        }
        return targets;
    }

    /** Returns the manifests that a check has found linked. */
    Set<Digest> manifests() {
        return manifests.keySet();
    }

    /** Returns the digest of the data of one of these manifests. */
    Digest target(Digest manifest) {
        return manifests.getOrDefault(manifest, manifest);
    }

    private Set<Need> needs(ManifestDocument document) {
        Set<Need> needs = new LinkedHashSet<>();
        for (ManifestReference reference : document.references()) {
            if (reference.isContent()) {
                needs.add(need(reference));
            }
        }
        return needs;
    }

    private Need need(ManifestReference reference) {
        boolean manifest = reference.role() == ManifestReference.Role.MANIFEST;
        boolean demanded = manifest ? engine.options.requireManifests() : engine.options.requireBlobs();
        Descriptor content = reference.descriptor();
        return new Need(manifest, content.digest(), content.size(), demanded && reference.required());
    }

    private Prefetch<Optional<Reliance.Found>> begin(Need need) {
        ObjectKey link =
                need.manifest ? Keys.revisionLink(repository, need.digest) : Keys.layerLink(repository, need.digest);
        return reliance.begin(link, need.digest);
    }

    private Optional<Reliance.Found> found(Need need, Optional<Reliance.Found> read) throws IOException {
        if (read.isPresent() && need.manifest) {
            manifests.put(need.digest, read.get().data());
        }
        if (read.isPresent() || !need.manifest) {
            return read;
        }
        // An index may also refer to blobs.
        try (Prefetch<Optional<Reliance.Found>> blob =
                reliance.begin(Keys.layerLink(repository, need.digest), need.digest)) {
            return blob.get();
        }
    }

    private Optional<RegistryError> check(Need need, Optional<Reliance.Found> found, DamageCheck damage)
            throws IOException {
        if (found.isEmpty()) {
            if (need.manifest && engine.revisions.contains(repository, need.digest)) {
                // A push that has failed has linked it while a collection removes it. Clients are told that it is
                // there.
                throw Reliance.busy(need.digest);
            }
            return need.required ? Optional.of(missing(need)) : Optional.empty();
        }
        Digest data = found.get().data();
        long size = found.get().size();
        return size == need.size ? Optional.empty() : Optional.of(wrongSize(need, data, size, damage));
    }

    /** Tells a wrong descriptor from data that a crash has cut. Data that was cut is unlinked, so that it is pushed again. */
    private RegistryError wrongSize(Need need, Digest data, long size, DamageCheck damage) throws IOException {
        // Data that a crash has cut is shorter than it should be.
        if (size < need.size && damage.damaged(need.digest, data, size)) {
            if (!need.manifest) {
                engine.candidates.note(need.digest, repository);
                engine.store.delete(Keys.layerLink(repository, need.digest));
            }
            return missing(need);
        }
        return new RegistryError(
                ErrorCode.MANIFEST_INVALID,
                "The manifest says that " + need.digest + " is " + need.size + " bytes long, but it is " + size,
                Map.of("digest", need.digest.toString()));
    }

    private RegistryError missing(Need need) {
        return new RegistryError(
                ErrorCode.MANIFEST_BLOB_UNKNOWN,
                "The manifest refers to the " + need.kind() + " " + need.digest + ", which is not in the repository "
                        + repository + "; push it first",
                Map.of("name", repository.value(), "digest", need.digest.toString()));
    }
}
