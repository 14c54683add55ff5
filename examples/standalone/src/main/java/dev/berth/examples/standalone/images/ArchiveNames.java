package dev.berth.examples.standalone.images;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.registry.Digest;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Reference;
import dev.berth.registry.layout.NamedImage;
import dev.berth.registry.layout.OciLayoutRegistry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names of the images in an archive of {@code docker save}. A name is as short as it is clear: {@code REPOSITORY:TAG},
 * or with the host in front if another host has the same.
 */
final class ArchiveNames {
    private static final int MAX_NAMES = 20;
    private static final Pattern WITH_HOST = Pattern.compile("(?:localhost|[^/]*[.:][^/]*)/.*");

    private final OciLayoutRegistry archive;
    private final LocationText location;

    /** By {@code REPOSITORY:TAG}, the images that are called so, by their whole names. */
    private final Map<String, Map<String, NamedImage>> images = new TreeMap<>();

    ArchiveNames(OciLayoutRegistry archive, LocationText location) {
        this.archive = archive;
        this.location = location;
        for (NamedImage image : archive.images()) {
            images.computeIfAbsent(shorten(image.name()), name -> new TreeMap<>())
                    .put(image.name() + " " + image.manifest().digest(), image);
        }
    }

    private static String shorten(Reference name) {
        return name.repository() + ":" + name.tag().orElseThrow();
    }

    /** Returns all names, each of which {@link #find} finds. */
    Stream<String> list() {
        return images.entrySet().stream().flatMap(same -> {
            boolean clear = wholeNames(candidates(same.getKey())).size() == 1;
            return clear
                    ? Stream.of(same.getKey())
                    : wholeNames(List.copyOf(same.getValue().values())).stream();
        });
    }

    /** Returns the image with a name; fails if there is none, or the name fits several. */
    ImageLocation find(String name) {
        Reference wanted = Locations.parse(() -> Reference.parse(name));
        if (wanted.digest().isPresent()) {
            return ImageLocation.of(
                    archive, wanted.repository(), wanted.digest().get());
        }
        List<NamedImage> found = candidates(name);
        List<Digest> different = found.stream()
                .map(image -> image.manifest().digest())
                .distinct()
                .toList();
        if (different.isEmpty()) {
            List<String> some = list().limit(MAX_NAMES).toList();
            throw new CommandException("There is no image " + name + " in " + withoutName() + "; it holds "
                    + (some.isEmpty() ? "none with a name" : String.join(", ", some)) + ".");
        }
        List<String> names = wholeNames(found);
        if (names.size() > 1 && different.size() > 1) {
            throw new CommandException("The name " + name + " is not clear in " + withoutName() + ": it is that of "
                    + String.join(" and of ", names) + "; write one of these.");
        }
        if (different.size() > 1) {
            throw new CommandException("The name " + name + " is not clear in " + withoutName() + ": it is that of "
                    + different.size() + " images; write " + location.kind().prefix() + location.place() + ":"
                    + found.get(0).name().repository() + "@DIGEST with one of "
                    + different.stream().map(Digest::toString).collect(Collectors.joining(", ")) + ".");
        }
        return ImageLocation.of(archive, found.get(0).name().repository(), different.get(0));
    }

    private String withoutName() {
        return location.kind().prefix() + location.place();
    }

    /** Returns the images that a name may mean: with a host that of this host, without one those of all hosts. */
    private List<NamedImage> candidates(String name) {
        Reference wanted = Reference.parse(name);
        Map<String, NamedImage> found = new LinkedHashMap<>(images.getOrDefault(shorten(wanted), Map.of()));
        if (WITH_HOST.matcher(name).matches()) {
            found.values().removeIf(image -> !image.name().registry().equals(wanted.registry()));
        } else {
            // "debian" is in the folder "library" on Docker Hub only.
            String last = name.substring(name.lastIndexOf('/') + 1);
            found.putAll(images.getOrDefault(last.indexOf(':') >= 0 ? name : name + ":latest", Map.of()));
        }
        return List.copyOf(found.values());
    }

    private static List<String> wholeNames(List<NamedImage> found) {
        return found.stream()
                .map(image -> image.name().toString())
                .distinct()
                .sorted(Comparator.naturalOrder())
                .collect(Collectors.toCollection(ArrayList::new));
    }
}
