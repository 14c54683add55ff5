package dev.berth.registry.mirror;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.PutOptions;
import dev.berth.registry.PutResult;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.mirror.MissingUpstream.Wanted;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Brings manifests of one repository. Thread-safe. */
final class ManifestFetch {
    private final MirrorContext context;
    private final MirrorSite site;

    ManifestFetch(MirrorContext context, MirrorSite site) {
        this.context = context;
        this.site = site;
    }

    /** Stands for a call, so that equal ones are made once. */
    private record Call(String what, RepositoryName repository, ManifestSelector selector) {}

    /** Returns a manifest that is here. */
    Optional<Manifest> here(ManifestSelector selector) {
        try {
            return Optional.of(site.cache().manifests().get(selector));
        } catch (RegistryException e) {
            if (e.isMissing()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Returns a manifest: that which is here, or from upstream. */
    Manifest byDigest(Digest digest, Duration deadline) {
        Optional<Manifest> here = here(digest);
        context.listener().requested(site.here(), MirrorListener.Kind.MANIFEST, here.isPresent());
        if (here.isPresent()) {
            context.shelf().use(id(digest));
            return here.get();
        }
        return bring(digest, deadline, Optional.empty());
    }

    /**
     * Brings a manifest that is not here.
     *
     * @param follows the manifest that it was brought for, if there is one
     */
    Manifest bring(Digest digest, Duration deadline, Optional<Digest> follows) {
        return fetched(
                digest,
                deadline,
                () -> here(digest).orElseGet(() -> {
                    Manifest manifest = site.upstream().manifests().get(digest).verify(digest);
                    keep(manifest, List.of(), follows);
                    return manifest;
                }));
    }

    /** Brings the manifest of a tag that is not here. */
    Manifest bring(Tag tag, Duration deadline, Optional<Digest> follows) {
        return fetched(tag, deadline, () -> {
            Manifest manifest = site.upstream().manifests().get(tag);
            context.tags()
                    .put(
                            site.here(),
                            tag,
                            manifest.descriptor(),
                            context.options().clock().instant());
            keep(manifest, List.of(tag), follows);
            return manifest;
        });
    }

    private Manifest fetched(ManifestSelector selector, Duration deadline, Supplier<Manifest> fetch) {
        if (context.missing().contains(wanted(selector))) {
            throw unknown(selector);
        }
        String what = "pull the manifest " + selector + " of " + site.there();
        try {
            return context.calls().call(new Call("get", site.here(), selector), deadline, what, fetch);
        } catch (RegistryException e) {
            if (e.isMissing()) {
                context.missing().add(wanted(selector));
                throw unknown(selector);
            }
            throw Outage.of(e).forClient(what);
        }
    }

    /** Asks the upstream registry what a manifest is; empty if it has none. Fails as the upstream registry does. */
    Optional<Descriptor> ask(ManifestSelector selector, Duration deadline) {
        return ask(selector, deadline, Optional::empty);
    }

    /**
     * As {@link #ask(ManifestSelector, Duration)}.
     *
     * @param known returns what another thread may have asked a moment before
     */
    Optional<Descriptor> ask(ManifestSelector selector, Duration deadline, Supplier<Optional<Descriptor>> known) {
        String what = "look for the manifest " + selector + " of " + site.there();
        return context.calls()
                .call(
                        new Call("find", site.here(), selector),
                        deadline,
                        what,
                        () -> known.get().or(() -> asked(selector)));
    }

    private Optional<Descriptor> asked(ManifestSelector selector) {
        Optional<Descriptor> found;
        try {
            found = site.upstream().manifests().find(selector);
        } catch (RegistryException e) {
            if (!e.isMissing()) {
                throw e;
            }
            found = Optional.empty();
        }
        if (selector instanceof Tag tag) {
            context.listener().checked(site.here(), tag);
            found.ifPresent(target -> context.tags()
                    .put(site.here(), tag, target, context.options().clock().instant()));
        }
        if (found.isEmpty()) {
            context.missing().add(wanted(selector));
        }
        return found;
    }

    /** Keeps a manifest with its tags. If that is not possible, it is served all the same. */
    private void keep(Manifest manifest, List<Tag> given, Optional<Digest> follows) {
        Set<Tag> tags = new LinkedHashSet<>(given);
        tags.addAll(context.tags().naming(site.here(), manifest.digest()));
        try {
            ManifestDocument document = ManifestDocument.outline(manifest);
            CachedImage image = CachedImage.of(site.here(), manifest, document, follows);
            boolean kept = context.shelf().keep(image, () -> {
                PutResult unused = site.cache()
                        .manifests()
                        .put(
                                manifest,
                                PutOptions.builder().tags(List.copyOf(tags)).build());
            });
            context.listener()
                    .downloaded(site.here(), MirrorListener.Kind.MANIFEST, manifest.digest(), manifest.size());
            if (kept && context.options().bringsReferrers() && follows.isEmpty()) {
                new Companions(context, site).bring(manifest.digest());
            }
        } catch (RegistryException e) {
            Shelf.warn("the manifest " + manifest.digest() + " of " + site.here(), e);
        }
    }

    private ImageId id(Digest digest) {
        return new ImageId(site.here(), digest);
    }

    Wanted wanted(ManifestSelector selector) {
        return new Wanted(site.here(), false, selector.toString());
    }

    RegistryException unknown(ManifestSelector selector) {
        return RegistryException.builder(new RegistryError(
                        ErrorCode.MANIFEST_UNKNOWN,
                        "There is no manifest " + selector + " in the repository " + site.here()
                                + ", which is mirrored: the upstream registry does not have it",
                        Map.of("name", site.here().value(), "reference", selector.toString())))
                .withoutStackTrace()
                .build();
    }
}
