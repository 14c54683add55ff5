package dev.berth.registry.mirror;

import dev.berth.registry.Descriptor;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Listing;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import dev.berth.registry.compose.Denial;
import dev.berth.registry.compose.DenyingTags;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** The tags of a repository that is mirrored. */
final class MirroredTags extends DenyingTags {
    private final MirrorContext context;
    private final MirrorSite site;
    private final TagLookup lookup;

    MirroredTags(MirrorContext context, MirrorSite site, Denial denial) {
        super(site.here(), denial);
        this.context = context;
        this.site = site;
        this.lookup = new TagLookup(context, site);
    }

    /** Lists the tags of the upstream registry, or those that are here if it fails. */
    @Override
    public Listing<Tag, Tag> list() {
        return Listing.of(this::open);
    }

    private Iterator<Tag> open(Optional<Tag> after, OptionalLong wanted) {
        String what = "list the tags of " + site.there();
        try {
            return UpstreamListing.open(
                    context.calls(),
                    context.options().checkDeadline(),
                    what,
                    () -> site.upstream().tags().list().open(after, wanted));
        } catch (RegistryException e) {
            if (e.isMissing()) {
                throw unknown();
            }
            return here(after, wanted, Outage.of(e), what);
        }
    }

    private RegistryException unknown() {
        return RegistryException.of(
                ErrorCode.NAME_UNKNOWN,
                "There is no repository " + site.here()
                        + ", which is mirrored: the upstream registry does not have it");
    }

    private Iterator<Tag> here(Optional<Tag> after, OptionalLong wanted, Outage outage, String what) {
        Iterator<Tag> tags;
        try {
            tags = site.cache().tags().list().open(after, wanted);
            boolean unused = tags.hasNext();
        } catch (RegistryException e) {
            if (e.isMissing()) {
                throw outage.forClient(what);
            }
            throw e;
        }
        context.listener().stale(new StaleAnswer(site.here(), "", outage.reason(), Optional.empty(), outage.message()));
        return tags;
    }

    @Override
    public Optional<Descriptor> resolve(Tag tag) {
        return lookup.find(Objects.requireNonNull(tag, "tag"));
    }

    /** Deletes a tag here. The next pull brings it again, if the upstream registry has it. */
    @Override
    public boolean delete(Tag tag) {
        context.tags().remove(site.here(), Objects.requireNonNull(tag, "tag"));
        return site.cache().tags().delete(tag);
    }

    @Override
    public boolean delete(Tag tag, TagCondition condition) {
        context.tags().remove(site.here(), Objects.requireNonNull(tag, "tag"));
        return site.cache().tags().delete(tag, condition);
    }
}
