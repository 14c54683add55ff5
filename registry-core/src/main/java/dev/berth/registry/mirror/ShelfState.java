package dev.berth.registry.mirror;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is on the shelf, in memory: manifests with their last use, and blobs. Bytes that several repositories have count
 * once, as the store keeps them once. Not thread-safe.
 */
final class ShelfState {
    private final Map<ImageId, CachedImage> images = new HashMap<>();
    private final Map<RepositoryName, Set<Digest>> byRepository = new HashMap<>();
    private final Map<ImageId, Instant> used = new HashMap<>();
    private final Map<ImageId, Long> blobs = new HashMap<>();
    private final Map<Digest, Integer> holders = new HashMap<>();
    private final Set<ImageId> arriving = new HashSet<>();
    private final Map<Digest, Arriving> arrivingBlobs = new HashMap<>();
    private long bytes;

    /** Bytes on their way, to some repositories. */
    private record Arriving(long size, int repositories) {}

    /** An image with all that goes with it, and when one of these was used last. */
    record Group(ImageId root, Set<ImageId> members, Instant used) {}

    int size() {
        return images.size();
    }

    long bytes() {
        return bytes;
    }

    /** Returns how many bytes are arriving that are not here in another repository. */
    long arrivingBytes() {
        return arrivingBlobs.entrySet().stream()
                .filter(entry -> !holders.containsKey(entry.getKey()))
                .mapToLong(entry -> entry.getValue().size)
                .sum();
    }

    Set<ImageId> imageIds() {
        return Set.copyOf(images.keySet());
    }

    Set<ImageId> blobIds() {
        return Set.copyOf(blobs.keySet());
    }

    boolean has(ImageId image) {
        return images.containsKey(image);
    }

    boolean hasBlob(ImageId blob) {
        return blobs.containsKey(blob);
    }

    void add(CachedImage image, Instant now) {
        if (images.put(image.id(), image) == null) {
            bytes += image.size();
            byRepository
                    .computeIfAbsent(image.repository(), any -> new LinkedHashSet<>())
                    .add(image.id().digest());
        }
        used.merge(image.id(), now, ShelfState::later);
    }

    /** Counts a use, if the image is there. */
    boolean use(ImageId image, Instant time) {
        return used.computeIfPresent(image, (id, known) -> later(known, time)) != null;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    void remove(ImageId id) {
        @Nullable CachedImage image = images.remove(id);
        if (image != null) {
            bytes -= image.size();
            used.remove(id);
            Set<Digest> others = byRepository.getOrDefault(id.repository(), new HashSet<>());
            others.remove(id.digest());
            if (others.isEmpty()) {
                byRepository.remove(id.repository());
            }
        }
    }

    void addBlob(ImageId blob, long size) {
        if (blobs.putIfAbsent(blob, size) == null && holders.merge(blob.digest(), 1, Integer::sum) == 1) {
            bytes += size;
        }
    }

    void removeBlob(ImageId blob) {
        @Nullable Long size = blobs.remove(blob);
        if (size != null && holders.merge(blob.digest(), -1, Integer::sum) == 0) {
            holders.remove(blob.digest());
            bytes -= size;
        }
    }

    /** Returns another repository that has a blob. */
    Optional<RepositoryName> holder(Digest blob) {
        return holders.containsKey(blob)
                ? blobs.keySet().stream()
                        .filter(id -> id.digest().equals(blob))
                        .map(ImageId::repository)
                        .findFirst()
                : Optional.empty();
    }

    void begin(ImageId blob, long size) {
        if (arriving.add(blob)) {
            arrivingBlobs.merge(
                    blob.digest(),
                    new Arriving(size, 1),
                    (one, more) -> new Arriving(Math.max(one.size, size), one.repositories + 1));
        }
    }

    void end(ImageId blob) {
        if (arriving.remove(blob)) {
            arrivingBlobs.computeIfPresent(
                    blob.digest(),
                    (digest, one) -> one.repositories == 1 ? null : new Arriving(one.size, one.repositories - 1));
        }
    }

    /** Returns the size that an image of a repository states for content that it needs; empty if none needs it. */
    Optional<Long> neededSize(ImageId content) {
        return in(content.repository()).stream()
                .map(digest -> images.get(new ImageId(content.repository(), digest)))
                .map(image -> image == null ? null : image.needs().get(content.digest()))
                .filter(size -> size != null)
                .findFirst();
    }

    /** Returns whether an image needs a blob that fits into the budget as a whole. */
    boolean isWorthKeeping(ImageId blob, long size, long budget) {
        return in(blob.repository()).stream()
                .map(digest -> images.get(new ImageId(blob.repository(), digest)))
                .anyMatch(image -> image != null
                        && image.needs().containsKey(blob.digest())
                        && Math.max(size, image.total()) <= budget);
    }

    private Set<Digest> in(RepositoryName repository) {
        return byRepository.getOrDefault(repository, Set.of());
    }

    /** Returns what these images need and no other one of their repositories does. */
    Set<ImageId> blobsOfOnly(Set<ImageId> members) {
        Set<ImageId> only = new LinkedHashSet<>();
        for (ImageId member : members) {
            @Nullable CachedImage image = images.get(member);
            if (image != null) {
                image.neededDigests().forEach(digest -> only.add(new ImageId(member.repository(), digest)));
            }
        }
        only.retainAll(blobs.keySet());
        members.stream()
                .map(ImageId::repository)
                .distinct()
                .forEach(repository -> keepNeeded(repository, members, only));
        return only;
    }

    /** Removes from a set what images of a repository need that are not members. */
    private void keepNeeded(RepositoryName repository, Set<ImageId> members, Set<ImageId> only) {
        for (Digest digest : in(repository)) {
            @Nullable CachedImage image = images.get(new ImageId(repository, digest));
            if (image != null && !members.contains(image.id())) {
                image.neededDigests().forEach(needed -> only.remove(new ImageId(repository, needed)));
            }
        }
    }

    /** Returns blobs that no image needs and that are not arriving: those of downloads that a crash has ended. */
    Set<ImageId> orphans() {
        Set<ImageId> orphans = new LinkedHashSet<>(blobs.keySet());
        images.values()
                .forEach(image -> image.neededDigests()
                        .forEach(digest -> orphans.remove(new ImageId(image.repository(), digest))));
        orphans.removeAll(arriving);
        return orphans;
    }

    /** Returns how many bytes the store may free when these are gone. */
    long bytesOf(Set<ImageId> members, Set<ImageId> theirBlobs) {
        long sum = 0;
        for (ImageId member : members) {
            @Nullable CachedImage image = images.get(member);
            sum += image == null ? 0 : image.size();
        }
        Map<Digest, Integer> going = new HashMap<>();
        for (ImageId blob : theirBlobs) {
            int count = going.merge(blob.digest(), 1, Integer::sum);
            sum += count == holders.getOrDefault(blob.digest(), 0) ? blobs.getOrDefault(blob, 0L) : 0;
        }
        return sum;
    }

    /** Returns the group that was not used for longest, and of which nothing is arriving. */
    Optional<Group> oldest() {
        Map<ImageId, Set<ImageId>> owners = new HashMap<>();
        Map<ImageId, Set<ImageId>> owned = new HashMap<>();
        images.values().forEach(image -> relate(image, owners, owned));
        @Nullable Group oldest = null;
        for (ImageId root : roots(owners, owned)) {
            Group group = group(root, owners, owned);
            if ((oldest == null || group.used.isBefore(oldest.used)) && !isArriving(group)) {
                oldest = group;
            }
        }
        return Optional.ofNullable(oldest);
    }

    /**
     * Returns the images that go with no other one; and of those that go with each other in a circle, which tags of the
     * upstream registry can make, one.
     */
    private List<ImageId> roots(Map<ImageId, Set<ImageId>> owners, Map<ImageId, Set<ImageId>> owned) {
        List<ImageId> roots = new ArrayList<>();
        Set<ImageId> reached = new HashSet<>();
        for (ImageId image : images.keySet()) {
            if (!owners.containsKey(image)) {
                roots.add(image);
                reach(image, owned, reached);
            }
        }
        for (ImageId image : images.keySet()) {
            if (!reached.contains(image)) {
                roots.add(image);
                reach(image, owned, reached);
            }
        }
        return roots;
    }

    private static void reach(ImageId root, Map<ImageId, Set<ImageId>> owned, Set<ImageId> reached) {
        Deque<ImageId> added = new ArrayDeque<>(List.of(root));
        while (!added.isEmpty()) {
            ImageId next = added.remove();
            if (reached.add(next)) {
                added.addAll(owned.getOrDefault(next, Set.of()));
            }
        }
    }

    /** Notes what goes with what: an image with those that name it, and with its subject. */
    private void relate(CachedImage image, Map<ImageId, Set<ImageId>> owners, Map<ImageId, Set<ImageId>> owned) {
        for (Digest digest : image.neededDigests()) {
            ImageId needed = new ImageId(image.repository(), digest);
            if (images.containsKey(needed)) {
                owners.computeIfAbsent(needed, any -> new HashSet<>()).add(image.id());
                owned.computeIfAbsent(image.id(), any -> new HashSet<>()).add(needed);
            }
        }
        image.follows()
                .map(subject -> new ImageId(image.repository(), subject))
                .filter(images::containsKey)
                .ifPresent(subject -> {
                    owners.computeIfAbsent(image.id(), any -> new HashSet<>()).add(subject);
                    owned.computeIfAbsent(subject, any -> new HashSet<>()).add(image.id());
                });
    }

    /** Returns an image with all that goes with it and with no other one. */
    private Group group(ImageId root, Map<ImageId, Set<ImageId>> owners, Map<ImageId, Set<ImageId>> owned) {
        Set<ImageId> members = new LinkedHashSet<>(Set.of(root));
        Deque<ImageId> added = new ArrayDeque<>(members);
        while (!added.isEmpty()) {
            for (ImageId candidate : owned.getOrDefault(added.remove(), Set.of())) {
                if (members.containsAll(owners.getOrDefault(candidate, Set.of())) && members.add(candidate)) {
                    added.add(candidate);
                }
            }
        }
        Instant last = members.stream()
                .map(member -> used.getOrDefault(member, Instant.EPOCH))
                .reduce(Instant.EPOCH, ShelfState::later);
        return new Group(root, members, last);
    }

    private boolean isArriving(Group group) {
        return arriving.stream()
                .anyMatch(blob -> group.members.stream().anyMatch(member -> {
                    @Nullable CachedImage image = images.get(member);
                    return image != null
                            && member.repository().equals(blob.repository())
                            && image.needs().containsKey(blob.digest());
                }));
    }
}
