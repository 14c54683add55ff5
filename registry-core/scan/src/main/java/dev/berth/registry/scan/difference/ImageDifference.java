package dev.berth.registry.scan.difference;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.scan.found.FoundPackage;
import dev.berth.registry.scan.found.PackageType;
import dev.berth.registry.scan.inventory.ImagePackage;
import dev.berth.registry.scan.report.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What differs between two images, such as two tags of a repository. Immutable.
 *
 * <p>A package is the same in both if its type and name are. Of a package that an image has several times, each version is
 * compared: versions that both have do not differ, of the others one is an upgrade of one, in their order, and the rest was added
 * or removed. Where it is in the image does not count.
 *
 * <p>A finding is the same in both if its id and its package are.
 *
 * @param sharedLayers the layers that both have, in the order of the second image
 * @param removedLayers the layers of the first image only
 * @param addedLayers the layers of the second image only
 * @param addedPackages the packages of the second image only
 * @param removedPackages the packages of the first image only
 * @param changedPackages the packages that both have in different versions
 * @param newFindings the findings of the second image only, the worst first
 * @param goneFindings the findings of the first image only, the worst first
 * @param sameFindings the findings of both, as the second report has them, the worst first
 * @since 0.1
 */
public record ImageDifference(
        List<Descriptor> sharedLayers,
        List<Descriptor> removedLayers,
        List<Descriptor> addedLayers,
        List<ImagePackage> addedPackages,
        List<ImagePackage> removedPackages,
        List<ChangedPackage> changedPackages,
        List<Finding> newFindings,
        List<Finding> goneFindings,
        List<Finding> sameFindings) {

    /** Copies the lists. */
    public ImageDifference {
        sharedLayers = List.copyOf(sharedLayers);
        removedLayers = List.copyOf(removedLayers);
        addedLayers = List.copyOf(addedLayers);
        addedPackages = List.copyOf(addedPackages);
        removedPackages = List.copyOf(removedPackages);
        changedPackages = List.copyOf(changedPackages);
        newFindings = List.copyOf(newFindings);
        goneFindings = List.copyOf(goneFindings);
        sameFindings = List.copyOf(sameFindings);
    }

    /**
     * Compares two images. Findings are compared only if both have a report.
     *
     * @param before the older one
     * @param after the newer one
     */
    public static ImageDifference between(ScannedImage before, ScannedImage after) {
        Packages packages = new Packages();
        packages.compare(before.inventory().packages(), after.inventory().packages());
        Set<Digest> old = digests(before.layers());
        Set<Digest> young = digests(after.layers());
        boolean scanned = before.report().isPresent() && after.report().isPresent();
        List<Finding> oldFindings = scanned ? before.report().get().findings() : List.of();
        List<Finding> youngFindings = scanned ? after.report().get().findings() : List.of();
        Set<List<String>> oldKeys = keys(oldFindings);
        Set<List<String>> youngKeys = keys(youngFindings);
        return new ImageDifference(
                after.layers().stream()
                        .filter(layer -> old.contains(layer.digest()))
                        .toList(),
                before.layers().stream()
                        .filter(layer -> !young.contains(layer.digest()))
                        .toList(),
                after.layers().stream()
                        .filter(layer -> !old.contains(layer.digest()))
                        .toList(),
                packages.added,
                packages.removed,
                packages.changed,
                youngFindings.stream()
                        .filter(finding -> !oldKeys.contains(key(finding)))
                        .toList(),
                oldFindings.stream()
                        .filter(finding -> !youngKeys.contains(key(finding)))
                        .toList(),
                youngFindings.stream()
                        .filter(finding -> oldKeys.contains(key(finding)))
                        .toList());
    }

    /** Returns whether packages and findings are the same. Layers may differ all the same. */
    public boolean isEmpty() {
        return addedPackages.isEmpty()
                && removedPackages.isEmpty()
                && changedPackages.isEmpty()
                && newFindings.isEmpty()
                && goneFindings.isEmpty();
    }

    private static Set<Digest> digests(List<Descriptor> layers) {
        Set<Digest> digests = new HashSet<>();
        layers.forEach(layer -> digests.add(layer.digest()));
        return digests;
    }

    private static Set<List<String>> keys(List<Finding> findings) {
        Set<List<String>> keys = new HashSet<>();
        findings.forEach(finding -> keys.add(key(finding)));
        return keys;
    }

    private static List<String> key(Finding finding) {
        return List.of(finding.id(), finding.packageName());
    }

    /** Compares packages. For one comparison. */
    private static final class Packages {
        private final List<ImagePackage> added = new ArrayList<>();
        private final List<ImagePackage> removed = new ArrayList<>();
        private final List<ChangedPackage> changed = new ArrayList<>();

        /** What a package is known by, in the order of inventories. */
        private record Key(PackageType type, String name) implements Comparable<Key> {
            private static final Comparator<Key> ORDER =
                    Comparator.comparing(Key::type).thenComparing(Key::name);

            static Key of(ImagePackage one) {
                return new Key(one.found().type(), one.found().name());
            }

            @Override
            public int compareTo(Key other) {
                return ORDER.compare(this, other);
            }
        }

        void compare(List<ImagePackage> before, List<ImagePackage> after) {
            Map<Key, List<ImagePackage>> old = byKey(before);
            Map<Key, List<ImagePackage>> young = byKey(after);
            Set<Key> all = new TreeSet<>(old.keySet());
            all.addAll(young.keySet());
            for (Key key : all) {
                compareVersions(old.getOrDefault(key, List.of()), young.getOrDefault(key, List.of()));
            }
        }

        private static Map<Key, List<ImagePackage>> byKey(List<ImagePackage> packages) {
            Map<Key, List<ImagePackage>> byKey = new TreeMap<>();
            packages.forEach(one ->
                    byKey.computeIfAbsent(Key.of(one), key -> new ArrayList<>()).add(one));
            return byKey;
        }

        private void compareVersions(List<ImagePackage> before, List<ImagePackage> after) {
            List<ImagePackage> gone = without(before, after);
            List<ImagePackage> come = without(after, before);
            int pairs = Math.min(gone.size(), come.size());
            for (int i = 0; i < pairs; i++) {
                changed.add(new ChangedPackage(gone.get(i), come.get(i), direction(gone.get(i), come.get(i))));
            }
            removed.addAll(gone.subList(pairs, gone.size()));
            added.addAll(come.subList(pairs, come.size()));
        }

        /** Returns one package for each version that others do not have, in the order of versions. */
        private static List<ImagePackage> without(List<ImagePackage> packages, List<ImagePackage> others) {
            Set<String> seen = new HashSet<>();
            others.forEach(other -> seen.add(other.found().version()));
            List<ImagePackage> left = new ArrayList<>();
            for (ImagePackage one : packages) {
                if (seen.add(one.found().version())) {
                    left.add(one);
                }
            }
            left.sort((a, b) -> PackageVersions.compare(a.found(), b.found()));
            return left;
        }

        private static ChangedPackage.Direction direction(ImagePackage before, ImagePackage after) {
            FoundPackage old = before.found();
            FoundPackage young = after.found();
            int order = PackageVersions.compare(old, young);
            return order < 0
                    ? ChangedPackage.Direction.UPGRADED
                    : order > 0 ? ChangedPackage.Direction.DOWNGRADED : ChangedPackage.Direction.CHANGED;
        }
    }
}
