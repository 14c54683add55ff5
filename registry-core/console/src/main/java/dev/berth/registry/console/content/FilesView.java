package dev.berth.registry.console.content;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Repository;
import dev.berth.registry.console.view.ImageView;
import java.util.Objects;
import java.util.Optional;

/**
 * A place in a layer of an image. Immutable.
 *
 * @param repository where the layer is read from
 * @param image the image
 * @param layer the layer
 * @param number which layer of the image it is, from 1 for the lowest
 * @param path the path of the place; empty for the root
 * @param state what is there
 */
record FilesView(
        Repository repository, ImageView image, Descriptor layer, int number, String path, State state) {

    FilesView {
        Objects.requireNonNull(repository, "repository");
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(state, "state");
    }

    /** What is at a place. */
    sealed interface State permits BeingRead, InDirectory, AtEntry {}

    /** The layer is being read. */
    record BeingRead() implements State {}

    /**
     * A directory.
     *
     * @param totals what is known of the whole layer
     */
    record InDirectory(LayerIndex.Totals totals, LayerIndex.Directory directory) implements State {}

    /**
     * Something else.
     *
     * @param head the beginning of a file; empty for everything else, and for a file that cannot be read
     * @param target the path of what a link leads to, if the layer has it
     */
    record AtEntry(LayerIndex.Totals totals, LayerEntry entry, Optional<FileHead> head, Optional<String> target)
            implements State {}
}
