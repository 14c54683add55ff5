package dev.berth.registry.simulation;

import dev.berth.registry.storage.ForwardingObjectStore;
import dev.berth.registry.storage.ObjectBatch;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStat;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Rules of collection that lose images, as what processes would ask the store for under them. */
final class OldRules {
    private static final String MARKS = "_berth/collection/marks/";

    private OldRules() {}

    /** A rescue deletes the mark, whatever has become of it. */
    static Run.Rules rescueUnconditionally() {
        return new Run.Rules(RescueUnconditionally::new, UnaryOperator.identity());
    }

    /** Pushes do not look whether what they rely on is condemned. */
    static Run.Rules ignoreMarks() {
        return new Run.Rules(store -> new ReadMarks(store, text -> Optional.empty()), UnaryOperator.identity());
    }

    /** What is condemned is not rescued, but taken for absent. */
    static Run.Rules refuseWhatIsCondemned() {
        return new Run.Rules(
                store -> new ReadMarks(store, text -> Optional.of(text.replace("CONDEMNED", "DELETING"))),
                UnaryOperator.identity());
    }

    /** A collection removes the mark first, and then what it marks. */
    static Run.Rules deleteAfterTheMark() {
        return new Run.Rules(UnaryOperator.identity(), DeleteAfterTheMark::new);
    }

    private static boolean isMark(ObjectKey key) {
        return key.value().startsWith(MARKS);
    }

    private static final class RescueUnconditionally extends ForwardingObjectStore {
        RescueUnconditionally(ObjectStore store) {
            super(store);
        }

        @Override
        public boolean deleteIfUnchanged(ObjectKey key, ObjectVersion version) throws IOException {
            if (!isMark(key)) {
                return super.deleteIfUnchanged(key, version);
            }
            delete(key);
            return true;
        }
    }

    private static final class ReadMarks extends ForwardingObjectStore {
        private final Reading reading;

        ReadMarks(ObjectStore store, Reading reading) {
            super(store);
            this.reading = reading;
        }

        /** Returns what a process takes a mark for. */
        private interface Reading {
            Optional<String> of(String text);
        }

        @Override
        public Optional<ObjectContent> open(ObjectKey key, long offset, long length) throws IOException {
            Optional<ObjectContent> content = super.open(key, offset, length);
            if (content.isEmpty() || !isMark(key)) {
                return content;
            }
            String text = new String(content.get().stream().readAllBytes(), StandardCharsets.UTF_8);
            return reading.of(text).map(read -> new Text(content.get(), read));
        }
    }

    private record Text(ObjectContent content, String text) implements ObjectContent {
        @Override
        public ObjectStat stat() {
            return content.stat();
        }

        @Override
        public InputStream stream() {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() {
            content.close();
        }
    }

    private static final class DeleteAfterTheMark extends ForwardingObjectStore {
        private final List<ObjectKey> left = new ArrayList<>();

        DeleteAfterTheMark(ObjectStore store) {
            super(store);
        }

        @Override
        public void delete(ObjectKey key) throws IOException {
            apply(ObjectBatch.builder().delete(key).build());
        }

        @Override
        public void apply(ObjectBatch batch) throws IOException {
            ObjectBatch.Builder others = ObjectBatch.builder();
            for (ObjectBatch.Change change : batch.changes()) {
                if (change instanceof ObjectBatch.Delete
                        && change.key().value().startsWith("docker/registry/v2/blobs/")) {
                    left.add(change.key());
                } else {
                    others.add(change);
                }
            }
            super.apply(others.build());
        }

        @Override
        public boolean deleteIfUnchanged(ObjectKey key, ObjectVersion version) throws IOException {
            boolean deleted = super.deleteIfUnchanged(key, version);
            if (isMark(key)) {
                for (ObjectKey data : left) {
                    super.delete(data);
                }
                left.clear();
            }
            return deleted;
        }
    }
}
