package dev.berth.registry.image;

import dev.berth.registry.BlobSource;
import java.nio.file.Path;

/** What is at a path of a layer. */
sealed interface LayerItem {

    EntryAttributes attributes();

    /** Says where it comes from, for messages. */
    String origin();

    record Directory(EntryAttributes attributes) implements LayerItem {
        @Override
        public String origin() {
            return "a directory";
        }
    }

    /** Something on disk, of which it is not known yet what. */
    record OnDisk(Path path, EntryAttributes attributes) implements LayerItem {
        @Override
        public String origin() {
            return "'" + path + "'";
        }
    }

    /** A regular file of a known size. */
    record Content(BlobSource source, EntryAttributes attributes) implements LayerItem {
        @Override
        public String origin() {
            return "given content";
        }
    }

    record Symlink(String target, EntryAttributes attributes) implements LayerItem {
        @Override
        public String origin() {
            return "a symbolic link";
        }
    }
}
