package dev.berth.registry.mirror;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Tag;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.manifest.ManifestReference;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what refers to an image after it: its referrers with their small blobs, the fallback tag that lists them, and
 * cosign's tags. Nobody waits for it, and what does not come is asked for when a client wants it.
 */
final class Companions {
    private static final Logger LOG = LoggerFactory.getLogger(Companions.class);

    /** Of more referrers, the others come when a client asks for them. */
    private static final int MOST = 50;

    /** So many of each of them. */
    private static final int MOST_BLOBS = 20;

    private static final long LARGEST_BLOB = 16 * 1024 * 1024;
    private static final int LONGEST_ENCODED = 64;
    private static final List<String> TAGS = List.of("", ".sig", ".att", ".sbom");

    private final MirrorContext context;
    private final MirrorSite site;
    private final ManifestFetch fetch;
    private final Duration deadline;

    Companions(MirrorContext context, MirrorSite site) {
        this.context = context;
        this.site = site;
        this.fetch = new ManifestFetch(context, site);
        this.deadline = context.options().fetchDeadline();
    }

    /** Begins to bring what refers to a manifest. */
    void bring(Digest subject) {
        if (!context.background().begin(() -> run(subject))) {
            LOG.debug("What refers to {} is not brought, since the mirror is busy or closed", subject);
        }
    }

    private void run(Digest subject) {
        try {
            List<Descriptor> referrers =
                    context.referrers().ask(site, subject, deadline).orElse(List.of());
            for (Descriptor referrer : referrers.subList(0, Math.min(MOST, referrers.size()))) {
                bring(referrer.digest(), subject);
            }
            for (String suffix : TAGS) {
                bring(tag(subject, suffix), subject);
            }
        } catch (RegistryException e) {
            LOG.debug("What refers to {} of {} is not all here yet", subject, site.here(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("What refers to {} of {} is not all here yet", subject, site.here(), e);
        }
    }

    /** Returns the tag of the specification's fallback for a subject, or one that cosign derives from that. */
    private static Tag tag(Digest subject, String suffix) {
        String encoded = subject.hex();
        return Tag.parse(
                subject.algorithm() + "-" + encoded.substring(0, Math.min(LONGEST_ENCODED, encoded.length())) + suffix);
    }

    private void bring(Digest referrer, Digest subject) throws InterruptedException {
        Optional<Manifest> here = fetch.here(referrer);
        bringBlobs(here.orElseGet(() -> fetch.bring(referrer, deadline, Optional.of(subject))));
    }

    private void bring(Tag tag, Digest subject) throws InterruptedException {
        if (fetch.ask(tag, deadline).isPresent() && fetch.here(tag).isEmpty()) {
            bringBlobs(fetch.bring(tag, deadline, Optional.of(subject)));
        }
    }

    private void bringBlobs(Manifest manifest) throws InterruptedException {
        int count = 0;
        for (ManifestReference reference : ManifestDocument.outline(manifest).references()) {
            boolean blob = reference.role() == ManifestReference.Role.CONFIG
                    || reference.role() == ManifestReference.Role.LAYER;
            if (blob
                    && count < MOST_BLOBS
                    && reference.descriptor().size() <= LARGEST_BLOB
                    && site.cache().blobs().find(reference.digest()).isEmpty()) {
                count++;
                context.flights().bring(site, reference.digest());
            }
        }
    }
}
