package dev.berth.registry.compose;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.Manifests;
import dev.berth.registry.MountSource;
import dev.berth.registry.PutOptions;
import dev.berth.registry.PutResult;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.manifest.ManifestReference;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A repository that takes manifests although it lacks their content, if other repositories have it: the content is copied
 * first. For views that show what several repositories have, but are changed in one of them: clients look before they push,
 * and leave out the blobs that they find.
 *
 * <p>A push whose content is there costs nothing more. Otherwise what is missing is mounted from the first of the other
 * repositories that has it, or copied from there, with what a missing manifest of an index needs. What none of them has, or may
 * be read, is {@link ErrorCode#MANIFEST_BLOB_UNKNOWN} as before. All else is left to the repository. Thread-safe.
 *
 * @since 0.1
 */
public final class CompletedPushes extends ForwardingRepository {
    /** How deep indexes may be in each other that are copied. */
    private static final int DEEPEST = 4;

    private final List<Repository> others;

    private CompletedPushes(Repository repository, List<Repository> others) {
        super(repository);
        this.others = others;
    }

    /**
     * Returns a view of a repository whose pushes are completed.
     *
     * @param repository what is pushed to
     * @param others what content is copied from, in this order; who may push to the view can make it a copy of all that he
     *     knows the digest of
     */
    public static Repository of(Repository repository, List<Repository> others) {
        return new CompletedPushes(Objects.requireNonNull(repository, "repository"), List.copyOf(others));
    }

    @Override
    public Manifests manifests() {
        return new CompletedManifests(delegate().manifests());
    }

    private final class CompletedManifests extends ForwardingManifests {
        CompletedManifests(Manifests manifests) {
            super(manifests);
        }

        @Override
        public PutResult put(Manifest manifest, PutOptions options) {
            try {
                return delegate().put(manifest, options);
            } catch (RegistryException e) {
                if (e.code() != ErrorCode.MANIFEST_BLOB_UNKNOWN || !complete(manifest, 1)) {
                    throw e;
                }
            }
            return delegate().put(manifest, options);
        }
    }

    /** Copies what a manifest needs. Returns whether all of it is here then. */
    private boolean complete(Manifest manifest, int depth) {
        for (ManifestReference needed : ManifestDocument.parse(manifest).references()) {
            if (needed.isContent() && needed.required() && !has(needed, depth)) {
                return false;
            }
        }
        return true;
    }

    private boolean has(ManifestReference needed, int depth) {
        boolean manifest = needed.role() == ManifestReference.Role.MANIFEST;
        return manifest && copyManifest(needed.digest(), depth) || copyBlob(needed.digest());
    }

    private boolean copyManifest(Digest digest, int depth) {
        if (delegate().manifests().find(digest).isPresent()) {
            return true;
        }
        Optional<Repository> owner =
                owner(other -> other.manifests().find(digest).isPresent());
        if (depth == DEEPEST || owner.isEmpty()) {
            return false;
        }
        Manifest found = owner.get().manifests().get(digest);
        if (!complete(found, depth + 1)) {
            return false;
        }
        delegate().manifests().put(found, PutOptions.untagged());
        return true;
    }

    private boolean copyBlob(Digest digest) {
        if (delegate().blobs().find(digest).isPresent()) {
            return true;
        }
        Optional<Repository> owner = owner(other -> other.blobs().find(digest).isPresent());
        owner.ifPresent(other -> copyBlob(digest, other));
        return owner.isPresent();
    }

    private void copyBlob(Digest digest, Repository owner) {
        boolean elsewhere = !owner.name().equals(name());
        if (elsewhere
                && delegate()
                        .blobs()
                        .mount(digest, MountSource.from(owner.name()))
                        .isPresent()) {
            return;
        }
        try (BlobContent content = owner.blobs().open(digest)) {
            delegate().blobs().push(digest, BlobSource.once(content.stream(), content.length()));
        } catch (IOException e) {
            throw RegistryException.of(
                    ErrorCode.UNAVAILABLE,
                    "The blob " + digest + " could not be copied to " + name()
                            + ", where a pushed manifest needs it; try again",
                    e);
        }
    }

    private Optional<Repository> owner(Predicate<Repository> has) {
        return others.stream()
                .filter(other -> {
                    try {
                        return has.test(other);
                    } catch (RegistryException e) {
                        if (e.isMissing() || e.code() == ErrorCode.DENIED) {
                            return false;
                        }
                        throw e;
                    }
                })
                .findFirst();
    }
}
