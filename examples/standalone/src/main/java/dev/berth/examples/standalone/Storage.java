package dev.berth.examples.standalone;

import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.fs.FileObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the content is kept. */
sealed interface Storage permits Storage.Directory, Storage.Memory, Bucket {

    /** Opens it. The exception says in a sentence what is wrong. */
    ObjectStore open() throws IOException;

    /** Returns whether there is anything to open yet. */
    boolean exists();

    /** In a directory. */
    record Directory(Path path) implements Storage {
        @Override
        public ObjectStore open() throws IOException {
            return FileObjectStore.open(path);
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

    /** In memory: gone when the process ends. */
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

    /** Reads what {@code --storage} takes; what it does not say of a bucket, the settings do. */
    static Storage parse(String text, BucketReader buckets) {
        if (text.equals("memory:")) {
            return new Memory();
        }
        if (text.startsWith(Bucket.SCHEME)) {
            return buckets.at(text);
        }
        if (text.isBlank() || text.matches("[a-z0-9]{2,}:.*")) {
            throw new ConfigException("'" + text
                    + "' is not a storage; give a directory, s3://BUCKET/PREFIX, or memory: for one that ends with the"
                    + " process.");
        }
        return new Directory(SettingValues.file(text, "--storage"));
    }
}
