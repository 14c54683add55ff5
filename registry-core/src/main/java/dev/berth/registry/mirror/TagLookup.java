package dev.berth.registry.mirror;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.PutResult;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import dev.berth.registry.mirror.StaleAnswer.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Decides what the tags of one repository name: what is here while that is fresh, or what the upstream registry says. */
final class TagLookup {
    private final MirrorContext context;
    private final MirrorSite site;
    private final ManifestFetch fetch;

    TagLookup(MirrorContext context, MirrorSite site) {
        this.context = context;
        this.site = site;
        this.fetch = new ManifestFetch(context, site);
    }

    /** Returns the manifest of a tag. */
    Manifest get(Tag tag) {
        Optional<Manifest> here = fetch.here(tag);
        if (here.isEmpty()) {
            return bring(tag);
        }
        Manifest manifest = here.get();
        if (isFresh(tag, manifest.digest())) {
            return used(manifest);
        }
        Optional<Descriptor> current = current(tag, manifest.descriptor());
        if (current.isEmpty()) {
            throw fetch.unknown(tag);
        }
        if (current.get().digest().equals(manifest.digest())) {
            return used(manifest);
        }
        try {
            return fetch.byDigest(current.get().digest(), context.options().checkDeadline());
        } catch (RegistryException e) {
            // The tag has moved, but what it names now does not come.
            return e.isMissing()
                    ? movedAgain(tag).orElseGet(() -> stale(tag, Outage.of(e), manifest))
                    : stale(tag, Outage.of(e), manifest);
        }
    }

    /** Brings what a tag names that names something else than the upstream registry has said. */
    private Optional<Manifest> movedAgain(Tag tag) {
        context.tags().remove(site.here(), tag);
        try {
            return Optional.of(fetch.bring(tag, context.options().checkDeadline(), Optional.empty()));
        } catch (RegistryException e) {
            return Optional.empty();
        }
    }

    private Manifest stale(Tag tag, Outage outage, Manifest manifest) {
        stale(tag, outage);
        return used(manifest);
    }

    private Manifest used(Manifest manifest) {
        context.listener().requested(site.here(), MirrorListener.Kind.MANIFEST, true);
        context.shelf().use(new ImageId(site.here(), manifest.digest()));
        return manifest;
    }

    private Manifest bring(Tag tag) {
        Duration deadline = context.options().fetchDeadline();
        Optional<Descriptor> known = fresh(tag);
        if (known.isPresent()) {
            try {
                return fetch.byDigest(known.get().digest(), deadline);
            } catch (RegistryException e) {
                if (!e.isMissing()) {
                    throw e;
                }
                // It was moved since, or the upstream registry has told something that is not so.
                context.tags().remove(site.here(), tag);
                return fetch.bring(tag, deadline, Optional.empty());
            }
        }
        context.listener().requested(site.here(), MirrorListener.Kind.MANIFEST, false);
        return fetch.bring(tag, deadline, Optional.empty());
    }

    /** Returns what a tag names, without bringing it. */
    Optional<Descriptor> find(Tag tag) {
        Optional<Descriptor> here = site.cache().tags().resolve(tag);
        if (here.isPresent()) {
            Optional<Descriptor> current = current(tag, here.get());
            current.ifPresent(found -> context.shelf().use(new ImageId(site.here(), found.digest())));
            return current;
        }
        Optional<Descriptor> known = fresh(tag);
        if (known.isPresent()) {
            return known;
        }
        if (context.missing().contains(fetch.wanted(tag))) {
            return Optional.empty();
        }
        try {
            return fetch.ask(tag, context.options().fetchDeadline(), () -> fresh(tag));
        } catch (RegistryException e) {
            throw Outage.of(e).forClient("look for the manifest " + tag + " of " + site.there());
        }
    }

    /** Returns what the upstream registry said a short time ago. */
    private Optional<Descriptor> fresh(Tag tag) {
        Instant now = context.options().clock().instant();
        return context.tags()
                .get(site.here(), tag)
                .filter(known ->
                        now.isBefore(known.checked().plus(context.options().freshness(site.there(), tag))))
                .map(KnownTags.Known::target);
    }

    private boolean isFresh(Tag tag, Digest here) {
        return fresh(tag).filter(known -> known.digest().equals(here)).isPresent();
    }

    /** Returns what a tag names now that is here; empty if the upstream registry does not have it any more. */
    private Optional<Descriptor> current(Tag tag, Descriptor here) {
        if (isFresh(tag, here.digest())) {
            return Optional.of(here);
        }
        Optional<Outage> spared = context.calls().reasonNotToCheck();
        if (spared.isPresent()) {
            stale(tag, spared.get());
            return Optional.of(here);
        }
        Optional<Descriptor> found;
        try {
            found = fetch.ask(tag, context.options().checkDeadline(), () -> fresh(tag));
        } catch (RegistryException e) {
            stale(tag, Outage.of(e));
            return Optional.of(here);
        }
        if (found.isEmpty()) {
            return gone(tag, here);
        }
        move(tag, here.digest(), found.get().digest());
        return found.map(Descriptor::digest).filter(here.digest()::equals).isPresent() ? Optional.of(here) : found;
    }

    /** Points a tag to what it names now, if that is here already. */
    private void move(Tag tag, Digest from, Digest to) {
        if (from.equals(to) || site.cache().manifests().find(to).isEmpty()) {
            return;
        }
        try {
            PutResult unused = site.cache().tags().put(tag, to);
        } catch (RegistryException e) {
            Shelf.warn("the tag " + tag + " of " + site.here(), e);
        }
    }

    private Optional<Descriptor> gone(Tag tag, Descriptor here) {
        if (context.options().keepsWhatIsGone()) {
            stale(tag, new Outage(Reason.GONE, fetch.unknown(tag)));
            return Optional.of(here);
        }
        context.tags().remove(site.here(), tag);
        try {
            boolean unused = site.cache().tags().delete(tag, TagCondition.currently(here.digest()));
        } catch (RegistryException e) {
            // It was moved meanwhile, or stays until the next look.
            Shelf.warn("the removal of the tag " + tag + " of " + site.here(), e);
        }
        return Optional.empty();
    }

    private void stale(Tag tag, Outage outage) {
        context.listener()
                .stale(new StaleAnswer(
                        site.here(),
                        tag.toString(),
                        outage.reason(),
                        context.tags().get(site.here(), tag).map(KnownTags.Known::checked),
                        outage.message()));
    }
}
