package dev.berth.registry.layout;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Tag;
import dev.berth.registry.manifest.DockerLoading;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.manifest.SignatureTags;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** An open image layout: what the parts of an {@link OciLayoutRegistry} share. */
final class Layout {
    final LayoutFiles files;
    final LayoutNames names;
    final LayoutGraph graph;
    final Optional<LayoutUploads> uploads;

    private final Optional<LayoutDirectory> directory;
    private final boolean forDocker;
    private final Optional<Path> temporary;
    private volatile boolean closed;

    private Layout(
            LayoutFiles files,
            LayoutNames names,
            Optional<LayoutDirectory> directory,
            boolean forDocker,
            Optional<Path> temporary) {
        this.files = files;
        this.names = names;
        this.graph = new LayoutGraph(files);
        this.directory = directory;
        this.forDocker = forDocker;
        this.temporary = temporary;
        this.uploads = directory.map(LayoutUploads::new);
    }

    /**
     * Returns a layout that is only read.
     *
     * @param temporary a file that is deleted when the layout is closed
     */
    static Layout readOnly(LayoutFiles files, LayoutNames names, Optional<Path> temporary) {
        return new Layout(files, names, Optional.empty(), false, temporary);
    }

    static Layout writable(LayoutDirectory directory, LayoutNames names) {
        return new Layout(directory, names, Optional.of(directory), false, Optional.empty());
    }

    /** Returns a layout whose tags name images that {@code docker load} can read, and signatures of them. */
    static Layout forDocker(LayoutDirectory directory, LayoutNames names) {
        return new Layout(directory, names, Optional.of(directory), true, Optional.empty());
    }

    /** Something that reads or writes files. */
    interface Call<T> {
        T run() throws IOException;
    }

    /** Makes a change of the index. */
    interface Edit {
        LayoutIndex apply(LayoutIndex before) throws IOException;
    }

    /**
     * Runs it, and makes what goes wrong with the files an exception of the registry.
     *
     * @param what what is being done, to go on "Could not …"
     */
    <T> T call(String what, Call<T> call) {
        if (closed) {
            throw RegistryException.of(
                    ErrorCode.UNAVAILABLE, "Could not " + what + ": " + files.place() + " was closed");
        }
        try {
            return call.run();
        } catch (SourceReadException e) {
            throw RegistryException.of(
                    ErrorCode.UNAVAILABLE,
                    "Could not " + what + ": the content could not be read to its end",
                    e.failure());
        } catch (MalformedLayoutException e) {
            throw RegistryException.of(
                    ErrorCode.UNAVAILABLE,
                    "Could not " + what + ": " + files.place() + " is damaged: " + e.getMessage(),
                    e);
        } catch (ClosedByInterruptException | FileLockInterruptionException | InterruptedIOException e) {
            throw RegistryException.of(ErrorCode.UNAVAILABLE, "Could not " + what + ": the call was interrupted", e);
        } catch (IOException e) {
            throw failed(what, e);
        }
    }

    private RegistryException failed(String what, IOException e) {
        if (String.valueOf(e.getMessage()).contains("No space left")) {
            return RegistryException.of(
                    ErrorCode.INSUFFICIENT_STORAGE,
                    "Could not " + what + ": there is no space left for " + files.place() + "; free some and try again",
                    e);
        }
        return RegistryException.of(
                ErrorCode.UNAVAILABLE,
                "Could not " + what + ": reading or writing " + files.place() + " failed ("
                        + e.getClass().getSimpleName() + ": " + e.getMessage() + ")",
                e);
    }

    /** Fails if Docker is to load what a tag names, and cannot. The manifest is asked for only if it is. */
    void requireTaggable(Supplier<Manifest> manifest, Tag tag) {
        Optional<String> obstacle = forDocker && SignatureTags.subject(tag).isEmpty()
                ? DockerLoading.obstacle(ManifestDocument.parse(manifest.get()))
                : Optional.empty();
        if (obstacle.isPresent()) {
            throw RegistryException.of(
                    ErrorCode.UNSUPPORTED,
                    "The image cannot be written into " + files.place() + ", since Docker could not load it: "
                            + obstacle.get());
        }
    }

    LayoutIndex index() throws IOException {
        return LayoutIndex.read(files, names);
    }

    Optional<LayoutFile> blob(Digest digest) throws IOException {
        return graph.blob(digest);
    }

    /** Runs something that no other change must come between. */
    <T> T exclusively(Call<T> call) throws IOException {
        return writable().exclusively(call);
    }

    /** Changes the index. */
    void change(Edit edit) throws IOException {
        LayoutDirectory target = writable();
        exclusively(() -> {
            LayoutIndex before = index();
            LayoutIndex after = edit.apply(before).tidied(graph);
            if (!after.sameAs(before)) {
                target.replace(LayoutIndex.FILE, after.toBytes());
            }
            return after;
        });
    }

    LayoutDirectory writable() {
        return directory.orElseThrow(() -> RegistryException.of(
                ErrorCode.UNSUPPORTED,
                "Nothing can be written into " + files.place() + "; copy it into a directory, or make a new archive"));
    }

    boolean isClosed() {
        return closed;
    }

    void close() throws IOException {
        closed = true;
        if (temporary.isPresent()) {
            Files.deleteIfExists(temporary.get());
        }
    }
}
