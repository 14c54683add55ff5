package dev.berth.registry.layout;

import dev.berth.registry.Blobs;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifests;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tags;
import java.io.IOException;

/** A repository of an {@link OciLayoutRegistry}. */
final class LayoutRepository implements Repository {
    private final Layout layout;
    private final RepositoryName name;

    LayoutRepository(Layout layout, RepositoryName name) {
        this.layout = layout;
        this.name = name;
    }

    @Override
    public RepositoryName name() {
        return name;
    }

    @Override
    public Manifests manifests() {
        return new LayoutManifests(layout, this);
    }

    @Override
    public Tags tags() {
        return new LayoutTags(layout, this);
    }

    @Override
    public Blobs blobs() {
        return new LayoutBlobs(layout, this);
    }

    boolean isOf(RepositoryName other) {
        return name.equals(other);
    }

    /** Returns whether the layout holds this repository, or would if it had content. */
    boolean isPresent() throws IOException {
        return layout.names.only().isPresent()
                ? layout.names.only().get().equals(name)
                : layout.index().repositories().contains(name);
    }

    /** Returns where to write, or fails if that is not possible. */
    LayoutDirectory writable() {
        LayoutDirectory directory = layout.writable();
        RepositoryName only = layout.names.only().orElseThrow();
        if (!only.equals(name)) {
            throw RegistryException.of(
                    ErrorCode.UNSUPPORTED,
                    "The repository " + name + " cannot be written to: " + layout.files.place()
                            + " holds one repository only, " + only);
        }
        return directory;
    }
}
