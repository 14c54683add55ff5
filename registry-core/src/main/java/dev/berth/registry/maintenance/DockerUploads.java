package dev.berth.registry.maintenance;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.maintenance.CollectionDetail.Kind;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Removes the uploads that {@code registry:2} has left: groups below {@code <repository>/_uploads/} with the bytes, and the time at
 * which each was begun. One is as old as the latest of its times.
 */
final class DockerUploads {
    private static final int LONGEST_TIME = 100;

    private final Pass pass;

    DockerUploads(Pass pass) {
        this.pass = pass;
    }

    void run() throws IOException {
        pass.begin();
        for (Iterator<RepositoryName> all = pass.contents.layout().all(); all.hasNext(); ) {
            RepositoryName repository = all.next();
            pass.next("look at uploads");
            pass.about(repository, () -> run(repository));
        }
    }

    private void run(RepositoryName repository) throws IOException {
        ListRequest request = ListRequest.level(Keys.dockerUploads(repository));
        for (boolean last = false; !last; ) {
            ListPage page = pass.store.list(request);
            for (String upload : page.names()) {
                if (upload.endsWith("/")) {
                    pass.about(upload, () -> look(KeyPrefix.of(upload)));
                }
            }
            last = page.last();
            if (!last) {
                request = request.after(page.names().get(page.names().size() - 1));
            }
        }
    }

    private void look(KeyPrefix upload) throws IOException {
        List<String> objects = pass.store.list(ListRequest.tree(upload)).names();
        Instant latest = begun(upload.key("startedat")).orElse(Instant.MIN);
        long bytes = 0;
        for (String object : objects) {
            Optional<ObjectStat> stat = pass.store.stat(ObjectKey.of(object));
            if (stat.isPresent()) {
                latest = stat.get().lastModified().isAfter(latest) ? stat.get().lastModified() : latest;
                bytes += stat.get().size();
            }
        }
        if (objects.isEmpty() || latest.isAfter(pass.now().minus(pass.options.uploadExpiry))) {
            return;
        }
        if (!pass.plan) {
            pass.store.deleteTree(upload);
            pass.removed(bytes);
        }
        pass.tally.add(Kind.REMOVED, upload.value(), bytes, Optional.empty(), "an upload that nobody has continued");
    }

    private Optional<Instant> begun(ObjectKey key) throws IOException {
        Optional<ObjectContent> found = pass.store.open(key, 0, LONGEST_TIME);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (ObjectContent content = found.get()) {
            return Optional.of(
                    Instant.parse(new String(content.stream().readAllBytes(), StandardCharsets.UTF_8).strip()));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
