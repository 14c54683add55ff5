package dev.berth.registry.simulation;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.simulation.Content.Blob;
import dev.berth.registry.simulation.Content.Image;
import dev.berth.registry.simulation.History.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** Pulls an image that a push was told to be stored: all of it is there, but for what somebody has deleted since the push began. */
final class Wholeness {
    private static final int MOST_BYTES = 10_000;

    private final History history;
    private final Operation pushed;

    Wholeness(History history, Operation pushed) {
        this.history = history;
        this.pushed = pushed;
    }

    void check(Registry registry, RepositoryName repository, Image image) {
        Repository from = registry.repository(repository);
        manifest(from, image);
        for (Blob blob : image.blobs()) {
            // A collection may take the parts of an image that is being deleted.
            if (!deleted(repository, blob.digest()) && !deleted(repository, image.digest())) {
                try (BlobContent content = from.blobs().open(blob.digest())) {
                    byte[] bytes = content.readAllBytes(MOST_BYTES);
                    require(Arrays.equals(bytes, blob.bytes()), "other bytes", blob.digest());
                } catch (RegistryException e) {
                    if (!deleted(repository, image.digest())) {
                        allow(e, ErrorCode.BLOB_UNKNOWN, blob.digest());
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        // What they need in turn is checked with their own pushes.
        image.children().forEach(child -> manifest(from, child));
    }

    private void manifest(Repository from, Image image) {
        if (!deleted(from.name(), image.digest())) {
            try {
                Manifest found = from.manifests().get(image.digest());
                require(Arrays.equals(found.bytes(), image.manifest().bytes()), "another manifest", image.digest());
            } catch (RegistryException e) {
                allow(e, ErrorCode.MANIFEST_UNKNOWN, image.digest());
            }
        }
    }

    private boolean deleted(RepositoryName repository, Digest digest) {
        return history.deletions(repository, digest).anyMatch(deletion -> deletion.end > pushed.begin);
    }

    private void allow(RegistryException e, ErrorCode missing, Digest digest) {
        // One that began after the first look has the right to.
        if (e.code() == missing && !deleted(pushed.repository, digest)) {
            throw new AssertionError("Of what " + pushed + " has stored, " + Content.name(digest) + " is missing", e);
        }
        if (e.code() != missing && e.code() != ErrorCode.UNAVAILABLE) {
            throw e;
        }
    }

    private void require(boolean holds, String instead, Digest digest) {
        if (!holds) {
            throw new AssertionError("Of what " + pushed + " has stored, " + Content.name(digest) + " has " + instead);
        }
    }
}
