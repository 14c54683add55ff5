package dev.berth.examples.standalone.configuration;

import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.fs.FileObjectStore;
import dev.berth.registry.storage.fs.FileStorageOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The storage of a registry. */
public sealed interface Storage permits Storage.Directory, Storage.Memory, Bucket {

    /**
     * Opens the storage.
     *
     * @throws IOException with a sentence for the user
     */
    ObjectStore open() throws IOException;

    /** Returns whether the storage exists already. */
    boolean exists();

    /**
     * A directory of the file system.
     *
     * @param shared whether other users of the system may have access to its files, as the umask says
     * @param cacheBytes the memory for what is kept of files; the default of the store if empty
     */
    record Directory(Path path, boolean shared, OptionalLong cacheBytes) implements Storage {
        /** A directory for the user of the process only. */
        public Directory(Path path) {
            this(path, false, OptionalLong.empty());
        }

        @Override
        public ObjectStore open() throws IOException {
            FileStorageOptions.Builder options = FileStorageOptions.builder().sharedFiles(shared);
            cacheBytes.ifPresent(options::cacheBytes);
            try {
                return FileObjectStore.open(path, options.build());
            } catch (IOException e) {
                throw DirectoryOwner.explain(e, path);
            }
        }

        @Override
        public boolean exists() {
            return Files.isDirectory(path);
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** Memory: lost when the process ends. */
    record Memory() implements Storage {
        @Override
        public ObjectStore open() {
            return MemoryObjectStore.create();
        }

        @Override
        public boolean exists() {
            return false;
        }

        @Override
        public String toString() {
            return "memory";
        }
    }
}
