package dev.berth.registry.simulation;

import dev.berth.registry.internal.store.Mark;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Makes the marks of collection, and holds, say which simulated process they are of. All of them are in this one JVM, whose name the code
 * under test writes; a process reads that name in its own marks only.
 */
final class OwnMarks {
    private static final String MARKS = "_berth/collection/marks/";
    private static final String HOLDS = "_berth/collection/holds/";
    private static final String OTHER_JVM = UUID.randomUUID().toString();

    private static final String THIS_JVM = Mark.Owner.create().process();

    private final Life life;

    OwnMarks(Life life) {
        this.life = life;
    }

    byte[] writing(ObjectKey key, byte[] content) {
        int line = line(key);
        if (content.length == 0 || line < 0) {
            return content;
        }
        String[] lines = new String(content, StandardCharsets.UTF_8).split("\n", -1);
        lines[line] = life.process;
        return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    }

    ObjectContent reading(ObjectKey key, ObjectContent content) {
        int line = line(key);
        return line >= 0 && content.stat().size() > 0 ? new Read(content, line) : content;
    }

    /** Returns which line of an object says the process, or a negative number if none does. */
    private static int line(ObjectKey key) {
        if (key.value().startsWith(MARKS)) {
            return 2;
        }
        return key.value().startsWith(HOLDS) ? 0 : -1;
    }

    private byte[] read(byte[] content, int line) {
        String[] lines = new String(content, StandardCharsets.UTF_8).split("\n", -1);
        lines[line] = lines[line].equals(life.process) ? THIS_JVM : OTHER_JVM;
        return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    }

    private final class Read implements ObjectContent {
        private final ObjectContent content;
        private final InputStream stream;

        Read(ObjectContent content, int line) {
            this.content = content;
            try {
                this.stream = new ByteArrayInputStream(read(content.stream().readAllBytes(), line));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public ObjectStat stat() {
            return content.stat();
        }

        @Override
        public InputStream stream() {
            return stream;
        }

        @Override
        public void close() {
            content.close();
        }
    }
}
