package dev.berth.registry.mirror;

import dev.berth.registry.DeleteResult;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Listing;
import dev.berth.registry.Manifest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.ReferrerFilter;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Tag;
import dev.berth.registry.compose.Denial;
import dev.berth.registry.compose.DenyingManifests;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** The manifests of a repository that is mirrored. */
final class MirroredManifests extends DenyingManifests {
    private final MirrorContext context;
    private final MirrorSite site;
    private final ManifestFetch fetch;
    private final TagLookup tags;

    MirroredManifests(MirrorContext context, MirrorSite site, Denial denial) {
        super(site.here(), denial);
        this.context = context;
        this.site = site;
        this.fetch = new ManifestFetch(context, site);
        this.tags = new TagLookup(context, site);
    }

    @Override
    public Optional<Descriptor> find(ManifestSelector selector) {
        Objects.requireNonNull(selector, "selector");
        return selector instanceof Digest digest ? find(digest) : tags.find((Tag) selector);
    }

    private Optional<Descriptor> find(Digest digest) {
        Optional<Descriptor> here = site.cache().manifests().find(digest);
        if (here.isPresent()) {
            context.shelf().use(new ImageId(site.here(), digest));
            return here;
        }
        if (context.missing().contains(fetch.wanted(digest))) {
            return Optional.empty();
        }
        try {
            return fetch.ask(digest, context.options().fetchDeadline());
        } catch (RegistryException e) {
            throw Outage.of(e).forClient("look for the manifest " + digest + " of " + site.there());
        }
    }

    @Override
    public Manifest get(ManifestSelector selector) {
        Objects.requireNonNull(selector, "selector");
        Manifest manifest = selector instanceof Digest digest
                ? fetch.byDigest(digest, context.options().fetchDeadline())
                : tags.get((Tag) selector);
        context.listener().serving(site.here(), MirrorListener.Kind.MANIFEST, manifest.size());
        return manifest;
    }

    @Override
    public Listing<Descriptor, Digest> referrers(Digest subject, ReferrerFilter filter) {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(filter, "filter");
        return Listing.of((after, wanted) -> open(subject, filter, after, wanted));
    }

    private Iterator<Descriptor> open(
            Digest subject, ReferrerFilter filter, Optional<Digest> after, OptionalLong wanted) {
        Optional<List<Descriptor>> all = context.referrers().list(site, subject);
        if (all.isEmpty()) {
            String what = "list the referrers of " + subject + " in " + site.there();
            try {
                return UpstreamListing.open(
                        context.calls(),
                        context.options().fetchDeadline(),
                        what,
                        () -> site.upstream()
                                .manifests()
                                .referrers(subject, filter)
                                .open(after, wanted));
            } catch (RegistryException e) {
                throw Outage.of(e).forClient(what);
            }
        }
        return all.get().stream()
                .filter(filter::accepts)
                .filter(entry -> after.isEmpty() || entry.digest().compareTo(after.get()) > 0)
                .iterator();
    }

    /** Deletes what is here, with the blobs that only it needs. The next pull brings it again. */
    @Override
    public DeleteResult delete(Digest digest) {
        Objects.requireNonNull(digest, "digest");
        ImageId id = new ImageId(site.here(), digest);
        context.tags().removeNaming(site.here(), digest);
        context.referrers().forget(id);
        DeleteResult result = site.cache().manifests().delete(digest);
        context.shelf().deleted(id);
        return result;
    }
}
