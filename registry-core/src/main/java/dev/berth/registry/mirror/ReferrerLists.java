package dev.berth.registry.mirror;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.cache.RecentlyUsed;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The referrers of manifests, as the upstream registry lists them: by its API, or by the fallback tag, which its client
 * reads. Each list is kept with its subject, and is fresh for as long as the tags that name that. Thread-safe.
 */
final class ReferrerLists {
    /** Longer lists are not kept. */
    static final int MOST = 1_000;

    private static final int MOST_SUBJECTS = 2_000;

    private final MirrorContext context;
    private final ReentrantLock lock = new ReentrantLock();
    private final RecentlyUsed<ImageId, Known> known = new RecentlyUsed<>(MOST_SUBJECTS);

    /** A list, and when the upstream registry said so. */
    private record Known(List<Descriptor> list, Instant checked) {}

    /** Stands for a call, so that equal ones are made once. */
    private record Call(RepositoryName repository, Digest subject) {}

    ReferrerLists(MirrorContext context) {
        this.context = context;
    }

    /** Returns the referrers of a subject, in the order of their digests; empty if they are too many to be kept. */
    Optional<List<Descriptor>> list(MirrorSite site, Digest subject) {
        ImageId id = new ImageId(site.here(), subject);
        Optional<Known> last = last(id);
        Duration freshness = freshness(site, subject);
        if (last.isPresent()
                && context.options()
                        .clock()
                        .instant()
                        .isBefore(last.get().checked.plus(freshness))) {
            return last.map(Known::list);
        }
        Optional<List<Descriptor>> kept =
                last.map(Known::list).or(() -> context.shelf().referrers(id));
        Optional<Outage> spared = kept.isPresent() ? context.calls().reasonNotToCheck() : Optional.empty();
        if (spared.isPresent()) {
            return stale(id, spared.get(), kept.get());
        }
        Duration deadline = kept.isPresent()
                ? context.options().checkDeadline()
                : context.options().fetchDeadline();
        try {
            Optional<List<Descriptor>> now = ask(site, subject, deadline);
            if (context.options().bringsReferrers()
                    && !now.equals(kept)
                    && context.shelf().has(id)) {
                new Companions(context, site).bring(subject);
            }
            return now;
        } catch (RegistryException e) {
            Outage outage = Outage.of(e);
            if (kept.isEmpty()) {
                throw outage.forClient("list the referrers of " + subject + " in " + site.there());
            }
            return stale(id, outage, kept.get());
        }
    }

    /** Returns the shortest time of the tags that name a subject, or that of its repository if none is known. */
    private Duration freshness(MirrorSite site, Digest subject) {
        return context.tags().naming(site.here(), subject).stream()
                .map(tag -> context.options().freshness(site.there(), tag))
                .min(Comparator.naturalOrder())
                .orElseGet(() -> context.options().freshness(site.there()));
    }

    /** Asks the upstream registry for a list, and keeps it. */
    Optional<List<Descriptor>> ask(MirrorSite site, Digest subject, Duration deadline) {
        ImageId id = new ImageId(site.here(), subject);
        String what = "list the referrers of " + subject + " in " + site.there();
        return context.calls().call(new Call(site.here(), subject), deadline, what, () -> {
            List<Descriptor> found = site.upstream().manifests().referrers(subject).limit(MOST + 1L).stream()
                    .sorted(Comparator.comparing(Descriptor::digest))
                    .toList();
            if (found.size() > MOST) {
                return Optional.empty();
            }
            Optional<Known> before = last(id);
            lock.lock();
            try {
                known.put(id, new Known(found, context.options().clock().instant()));
            } finally {
                lock.unlock();
            }
            if (before.filter(same -> same.list.equals(found)).isEmpty()) {
                try {
                    context.shelf().keepReferrers(id, found);
                } catch (RegistryException e) {
                    Shelf.warn("the referrers of " + subject + " in " + site.here(), e);
                }
            }
            return Optional.of(found);
        });
    }

    private Optional<Known> last(ImageId id) {
        lock.lock();
        try {
            @Nullable Known found = known.get(id);
            return Optional.ofNullable(found);
        } finally {
            lock.unlock();
        }
    }

    void forget(ImageId subject) {
        lock.lock();
        try {
            known.remove(subject);
        } finally {
            lock.unlock();
        }
    }

    private Optional<List<Descriptor>> stale(ImageId id, Outage outage, List<Descriptor> kept) {
        context.listener()
                .stale(new StaleAnswer(
                        id.repository(),
                        id.digest().toString(),
                        outage.reason(),
                        last(id).map(Known::checked),
                        outage.message()));
        return Optional.of(kept);
    }
}
