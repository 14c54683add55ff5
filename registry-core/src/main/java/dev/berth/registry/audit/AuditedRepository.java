package dev.berth.registry.audit;

import dev.berth.registry.Blobs;
import dev.berth.registry.Manifests;
import dev.berth.registry.Repository;
import dev.berth.registry.Tags;
import dev.berth.registry.compose.ForwardingRepository;

/** A repository of an {@link Audited} registry. */
final class AuditedRepository extends ForwardingRepository {
    private final Auditor auditor;

    AuditedRepository(Repository delegate, Auditor auditor) {
        super(delegate);
        this.auditor = auditor;
    }

    @Override
    public Manifests manifests() {
        return new AuditedManifests(delegate().manifests(), auditor);
    }

    @Override
    public Tags tags() {
        return new AuditedTags(delegate().tags(), auditor);
    }

    @Override
    public Blobs blobs() {
        return new AuditedBlobs(delegate().blobs(), auditor);
    }
}
