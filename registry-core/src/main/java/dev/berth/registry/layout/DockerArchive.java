package dev.berth.registry.layout;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What {@code docker save} wrote before version 25, and other programs write still, seen as an image layout: a file
 * {@value #MANIFEST} that names configurations and layers, but no digests and no manifests. Those are made when
 * something is first asked for. Thread-safe.
 */
final class DockerArchive implements LayoutFiles {
    static final String MANIFEST = "manifest.json";

    private final LayoutFiles archive;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable Map<String, LayoutFile> layout;

    DockerArchive(LayoutFiles archive) {
        this.archive = archive;
    }

    @Override
    public Optional<LayoutFile> find(String path) throws IOException {
        return Optional.ofNullable(layout().get(path));
    }

    @Override
    public String place() {
        return archive.place();
    }

    private Map<String, LayoutFile> layout() throws IOException {
        Map<String, LayoutFile> made = layout;
        if (made != null) {
            return made;
        }
        reading.lock();
        try {
            made = layout;
            if (made == null) {
                made = new DockerArchiveReader(archive).read();
                layout = made;
            }
            return made;
        } finally {
            reading.unlock();
        }
    }
}
