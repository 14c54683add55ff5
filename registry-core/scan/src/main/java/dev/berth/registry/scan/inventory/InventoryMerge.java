package dev.berth.registry.scan.inventory;

import dev.berth.registry.Digest;
import dev.berth.registry.scan.format.PackageFiles;
import dev.berth.registry.scan.found.Distribution;
import dev.berth.registry.scan.found.FoundPackage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Lays inventories of layers above each other, the lowest first (OCI image specification, "Image Layer Filesystem
 * Changeset"). For one thread.
 */
final class InventoryMerge {
    /** As many links after each other as Linux follows. */
    private static final int MOST_LINKS = 40;

    private static final List<String> OS_RELEASES = List.of("etc/os-release", "usr/lib/os-release");

    private final NavigableMap<String, Placed> files = new TreeMap<>();
    private final NavigableMap<String, String> links = new TreeMap<>();
    private final List<String> reasons = new ArrayList<>();

    /** What a file says, and which layer has it. */
    private record Placed(Evidence evidence, Digest layer) {}

    void add(LayerInventory layer) {
        layer.reasons().forEach(reason -> reasons.add("Layer " + layer.layer() + ": " + reason));
        // Both are about the layers below, wherever they stand in their own.
        layer.opaque().forEach(directory -> removeBelow(follow(directory)));
        layer.removed().forEach(path -> {
            String place = place(path);
            removeBelow(place);
            files.remove(place);
            links.remove(place);
        });
        hide(layer);
        layer.symbolicLinks().forEach((path, target) -> links.put(place(path), target));
        layer.evidence().forEach((path, evidence) -> put(path, evidence, layer.layer()));
        layer.hardLinks().forEach((path, target) -> {
            Placed original = files.get(place(target));
            if (original != null) {
                put(path, original.evidence().moved(place(target), path), original.layer());
            }
        });
    }

    private void put(String path, Evidence evidence, Digest layer) {
        String place = place(path);
        files.put(place, new Placed(place.equals(path) ? evidence : evidence.moved(path, place), layer));
    }

    private void removeBelow(String directory) {
        below(files, directory).clear();
        below(links, directory).clear();
    }

    private static <T> NavigableMap<String, T> below(NavigableMap<String, T> map, String directory) {
        return directory.isEmpty() ? map : map.subMap(directory + "/", false, directory + "0", false);
    }

    /** Removes what has something else of this layer in its place, or above it. */
    private void hide(LayerInventory layer) {
        NavigableMap<String, List<String>> byTarget = linksByTarget();
        files.keySet().removeIf(path -> isHidden(path, byTarget, layer));
        links.keySet().removeIf(path -> isHidden(path, byTarget, layer));
    }

    private boolean isHidden(String path, NavigableMap<String, List<String>> byTarget, LayerInventory layer) {
        if (isHidden(path, layer)) {
            return true;
        }
        // The layer may know the directory by another name.
        for (String above = Paths.parent(path); !above.isEmpty(); above = Paths.parent(above)) {
            for (String alias : byTarget.getOrDefault(above, List.of())) {
                if (isReplaced(alias + path.substring(above.length()), layer)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isReplaced(String path, LayerInventory layer) {
        return layer.files().contains(path) || layer.directories().contains(path);
    }

    private static boolean isHidden(String path, LayerInventory layer) {
        if (isReplaced(path, layer)) {
            return true;
        }
        for (String above = Paths.parent(path); !above.isEmpty(); above = Paths.parent(above)) {
            if (layer.files().contains(above)) {
                return true;
            }
        }
        return false;
    }

    private NavigableMap<String, List<String>> linksByTarget() {
        NavigableMap<String, List<String>> byTarget = new TreeMap<>();
        links.keySet()
                .forEach(link -> byTarget.computeIfAbsent(follow(link), target -> new ArrayList<>())
                        .add(link));
        return byTarget;
    }

    /** Returns where a path of a layer is: links in its directory are followed. */
    private String place(String path) {
        return Paths.child(follow(Paths.parent(path)), path.substring(path.lastIndexOf('/') + 1));
    }

    /** Returns a path with all links in it followed, within the root. One that goes in a circle stays as it is. */
    private String follow(String path) {
        String done = "";
        String left = path;
        int followed = 0;
        while (!left.isEmpty()) {
            int slash = left.indexOf('/');
            String name = slash < 0 ? left : left.substring(0, slash);
            left = slash < 0 ? "" : left.substring(slash + 1);
            if (name.equals("..")) {
                done = Paths.parent(done);
            } else if (!name.isEmpty() && !name.equals(".")) {
                String next = Paths.child(done, name);
                String target = links.get(next);
                if (target == null) {
                    done = next;
                } else if (++followed > MOST_LINKS) {
                    return path;
                } else {
                    done = target.startsWith("/") ? "" : done;
                    left = left.isEmpty() ? target : target + "/" + left;
                }
            }
        }
        return done;
    }

    ImageInventory result() {
        Optional<Distribution> distribution = OS_RELEASES.stream()
                .map(this::follow)
                .flatMap(path -> Stream.ofNullable(files.get(path)))
                .flatMap(placed -> placed.evidence().distribution().stream())
                .findFirst();
        List<ImagePackage> packages = new ArrayList<>();
        for (Map.Entry<String, Placed> file : files.entrySet()) {
            if (!isInstalledBeside(file.getKey())) {
                for (FoundPackage found : file.getValue().evidence().packages()) {
                    packages.add(new ImagePackage(
                            found,
                            found.packageUrl(distribution),
                            found.ecosystem(distribution),
                            Optional.of(file.getValue().layer())));
                }
            }
        }
        packages.sort(Comparator.comparing(ImagePackage::found)
                .thenComparing(found -> found.layer().map(Digest::toString).orElse("")));
        return new ImageInventory(distribution, packages, reasons);
    }

    /** What npm has installed counts, not what it was to install. */
    private boolean isInstalledBeside(String path) {
        return PackageFiles.isNpmLock(path)
                && !below(files, Paths.child(Paths.parent(path), "node_modules"))
                        .isEmpty();
    }
}
