package dev.berth.registry.rights;

import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.UploadId;
import dev.berth.registry.manifest.ImageManifest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is in the repositories, and what is put there again after it was deleted. Not thread-safe. */
final class Content {
    static final RepositoryName TEAM = RepositoryName.parse("team/app");
    static final RepositoryName PUBLIC = RepositoryName.parse("public/app");
    static final RepositoryName SECRET = RepositoryName.parse("secret/app");
    static final RepositoryName TEAM_MISSING = RepositoryName.parse("team/none");
    static final RepositoryName SECRET_MISSING = RepositoryName.parse("secret/none");
    static final List<RepositoryName> EXISTING = List.of(TEAM, PUBLIC, SECRET);
    static final List<RepositoryName> ALL = List.of(TEAM, PUBLIC, SECRET, TEAM_MISSING, SECRET_MISSING);

    static final Tag TAG = Tag.parse("1");
    static final Tag DOOMED = Tag.parse("doomed");

    private final Registry registry;
    private final Map<RepositoryName, UploadId> uploads = new HashMap<>();

    Content(Registry registry) {
        this.registry = registry;
        for (RepositoryName name : EXISTING) {
            Repository repository = registry.repository(name);
            repository.blobs().push(BlobSource.of(bytes("config of " + name)));
            repository.blobs().push(BlobSource.of(onlyIn(name)));
            repository.manifests().put(manifest(name, Optional.empty()), TAG);
            repository.manifests().put(manifest(name, Optional.of(descriptor(manifest(name, Optional.empty())))));
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns a blob that no other repository has. */
    static byte[] onlyIn(RepositoryName name) {
        return bytes("only in " + name);
    }

    static Digest digestOnlyIn(RepositoryName name) {
        return Digest.sha256(onlyIn(name));
    }

    static Digest config(RepositoryName name) {
        return Digest.sha256(bytes("config of " + name));
    }

    static Manifest manifestOf(Digest config, long size, Optional<Descriptor> subject) {
        ImageManifest plain = ImageManifest.of(Descriptor.of(MediaTypes.OCI_CONFIG, config, size), List.of());
        return subject.map(plain::withSubject).orElse(plain).toManifest();
    }

    /** Returns the manifest of a repository; with a subject, the one that refers to it. */
    static Manifest manifest(RepositoryName name, Optional<Descriptor> subject) {
        return manifestOf(config(name), bytes("config of " + name).length, subject);
    }

    static Descriptor descriptor(Manifest manifest) {
        return Descriptor.of(manifest.mediaType(), manifest.digest(), manifest.size());
    }

    static Digest digest(RepositoryName name) {
        return manifest(name, Optional.empty()).digest();
    }

    /** Returns the digest of what refers to the image that is hidden. */
    static Digest hiddenReferrer() {
        return manifest(SECRET, Optional.of(descriptor(manifest(SECRET, Optional.empty()))))
                .digest();
    }

    /** Returns an upload that is open in a repository; one of no repository, if that one is missing. */
    UploadId upload(RepositoryName name) {
        if (name.equals(TEAM_MISSING) || name.equals(SECRET_MISSING)) {
            return UploadId.of("00000000-0000-0000-0000-000000000000");
        }
        UploadId known = uploads.get(name);
        if (known != null && isOpen(name, known)) {
            return known;
        }
        try (BlobUpload upload = registry.repository(name).blobs().startUpload()) {
            uploads.put(name, upload.id());
            return upload.id();
        }
    }

    boolean isOpen(RepositoryName name, UploadId id) {
        try (BlobUpload upload = registry.repository(name).blobs().resumeUpload(id)) {
            return upload.offset() >= 0;
        } catch (RegistryException e) {
            return false;
        }
    }

    /** Puts a tag there that can be deleted, in repositories that exist. */
    Tag doomedTag(RepositoryName name) {
        if (EXISTING.contains(name)) {
            registry.repository(name).manifests().put(doomed(name), DOOMED);
        }
        return DOOMED;
    }

    Digest doomedManifest(RepositoryName name) {
        doomedTag(name);
        return doomed(name).digest();
    }

    Digest doomedBlob(RepositoryName name) {
        byte[] blob = bytes("doomed in " + name);
        if (EXISTING.contains(name)) {
            registry.repository(name).blobs().push(BlobSource.of(blob));
        }
        return Digest.sha256(blob);
    }

    private static Manifest doomed(RepositoryName name) {
        byte[] config = bytes("config of " + name);
        return ImageManifest.of(Descriptor.of(MediaTypes.OCI_CONFIG, Digest.sha256(config), config.length), List.of())
                .withAnnotations(Map.of("doomed", "yes"))
                .toManifest();
    }

    /** Returns what can be seen of a repository, to find out whether anything was changed. */
    String state(RepositoryName name) {
        Repository repository = registry.repository(name);
        StringBuilder state = new StringBuilder();
        try {
            repository
                    .tags()
                    .list()
                    .forEach(tag -> state.append(tag)
                            .append('=')
                            .append(repository.tags().resolve(tag))
                            .append(' '));
        } catch (RegistryException e) {
            state.append(e.code());
        }
        for (RepositoryName other : ALL) {
            state.append(repository.blobs().find(digestOnlyIn(other)).isPresent());
        }
        state.append(repository.blobs().find(Digest.sha256(bytes("pushed"))).isPresent());
        state.append(repository.manifests().find(doomed(name).digest()).isPresent());
        return state.append(repository
                        .blobs()
                        .find(Digest.sha256(bytes("doomed in " + name)))
                        .isPresent())
                .toString();
    }
}
