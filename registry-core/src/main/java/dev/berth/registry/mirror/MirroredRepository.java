package dev.berth.registry.mirror;

import dev.berth.registry.Blobs;
import dev.berth.registry.Manifests;
import dev.berth.registry.Tags;
import dev.berth.registry.compose.Denial;
import dev.berth.registry.compose.DenyingRepository;

/** A repository that is mirrored: it can be read, and what is here deleted, but not pushed to. */
final class MirroredRepository extends DenyingRepository {
    private final MirrorContext context;
    private final MirrorSite site;
    private final Denial denial;

    MirroredRepository(MirrorContext context, MirrorSite site, Denial denial) {
        super(site.here(), denial);
        this.context = context;
        this.site = site;
        this.denial = denial;
    }

    @Override
    public Manifests manifests() {
        return new MirroredManifests(context, site, denial);
    }

    @Override
    public Tags tags() {
        return new MirroredTags(context, site, denial);
    }

    @Override
    public Blobs blobs() {
        return new MirroredBlobs(context, site, denial);
    }
}
