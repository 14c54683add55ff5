package dev.berth.registry.console.content;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.console.content.FilesView.AtEntry;
import dev.berth.registry.console.content.FilesView.BeingRead;
import dev.berth.registry.console.content.FilesView.InDirectory;
import dev.berth.registry.console.view.ImageLookup;
import dev.berth.registry.console.view.ImageView;
import dev.berth.registry.console.view.Names;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Finds places in layers. A layer is read only as one of an image that the caller may see. Thread-safe. */
final class FilesLookup {
    private final ImageLookup images;
    private final LayerBrowser browser;

    FilesLookup(ImageLookup images, LayerBrowser browser) {
        this.images = images;
        this.browser = browser;
    }

    /**
     * Finds a place.
     *
     * @param view the registry as the caller may see it
     * @param parameters what was asked for: {@code digest} of the image, {@code layer}, and a path
     * @return empty if there is none
     * @throws dev.berth.registry.RegistryException if the registry fails or refuses the caller, or too much is being read
     */
    Optional<FilesView> find(Registry view, RepositoryName name, Function<String, Optional<String>> parameters) {
        Optional<Digest> digest = parameters.apply("digest").flatMap(Names::digest);
        Optional<ImageLookup.Found> found = digest.flatMap(one -> images.find(view, name, one));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        ImageView image = found.get().image();
        List<Descriptor> layers = image.config().isPresent() ? image.layers() : List.of();
        String wanted = parameters
                .apply("layer")
                .orElseGet(() -> layers.isEmpty() ? "" : layers.get(0).digest().toString());
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i).digest().toString().equals(wanted)) {
                return place(found.get(), layers.get(i), i + 1, FilePaths.asked(parameters));
            }
        }
        return Optional.empty();
    }

    private Optional<FilesView> place(ImageLookup.Found found, Descriptor layer, int number, String path) {
        Optional<LayerIndex> index = browser.index(found.repository(), layer);
        Optional<FilesView.State> state = index.isEmpty()
                ? Optional.of(new BeingRead())
                : state(found, layer, index.get(), path);
        return state.map(one -> new FilesView(found.repository(), found.image(), layer, number, path, one));
    }

    private Optional<FilesView.State> state(
            ImageLookup.Found found, Descriptor layer, LayerIndex index, String path) {
        Optional<LayerIndex.Directory> directory = index.directory(path);
        if (directory.isPresent()) {
            return Optional.of(new InDirectory(index.totals(), directory.get()));
        }
        return index.find(path).map(entry -> {
            Optional<Optional<FileHead>> head = entry.kind() == LayerEntry.Kind.FILE
                    ? browser.head(found.repository(), layer, entry)
                    : Optional.of(Optional.empty());
            return head.<FilesView.State>map(
                            known -> new AtEntry(index.totals(), entry, known, target(index, entry)))
                    .orElseGet(BeingRead::new);
        });
    }

    /** A symbolic link leads from where it is; a hard link is written from the root. */
    private static Optional<String> target(LayerIndex index, LayerEntry entry) {
        if (entry.target().isEmpty()) {
            return Optional.empty();
        }
        boolean relative = entry.kind() == LayerEntry.Kind.SYMLINK
                && !entry.target().startsWith("/");
        String path = normalized(relative ? entry.parent() + "/" + entry.target() : entry.target());
        return index.find(path).map(LayerEntry::path);
    }

    private static String normalized(String path) {
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : path.split("/", -1)) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.addLast(segment);
            }
        }
        return String.join("/", segments);
    }
}
