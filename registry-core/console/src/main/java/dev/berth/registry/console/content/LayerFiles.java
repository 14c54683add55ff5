package dev.berth.registry.console.content;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Repository;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Optional;

/** Reads layers. Thread-safe. */
interface LayerFiles {

    /** Returns what reads them, if {@code registry-images} is there. */
    static Optional<LayerFiles> find(InstantSource clock) {
        try {
            Class.forName("dev.berth.registry.image.files.LayerReader", false, LayerFiles.class.getClassLoader());
            return Optional.of(new TarLayers(clock));
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.empty();
        }
    }

    /**
     * Reads what is in a layer, from its beginning to its end. What is wrong with the layer is said in what is returned.
     *
     * @throws dev.berth.registry.RegistryException if the registry fails
     */
    LayerIndex index(Repository repository, Descriptor layer);

    /**
     * Reads the beginning of a file.
     *
     * @param number which entry of the layer it is
     * @return empty if the layer has no such file, or cannot be read up to there
     * @throws dev.berth.registry.RegistryException if the registry fails
     */
    Optional<FileHead> head(Repository repository, Descriptor layer, long number);

    /**
     * Writes a file. What cannot be read to its end ends with an exception.
     *
     * @throws java.io.IOException if the output, the layer or the registry fails
     */
    void copy(Repository repository, Descriptor layer, long number, OutputStream out) throws java.io.IOException;
}
