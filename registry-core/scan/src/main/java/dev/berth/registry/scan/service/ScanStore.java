package dev.berth.registry.scan.service;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.eventlog.WholeObject;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.SortableName;
import dev.berth.registry.internal.store.StoreCalls;
import dev.berth.registry.scan.report.ScanReport;
import dev.berth.registry.scan.report.ScanReportJson;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of images, in an object store. Thread-safe.
 *
 * <p>All fail with a {@link dev.berth.registry.RegistryException} if the store does.
 */
final class ScanStore {
    private static final Logger LOG = LoggerFactory.getLogger(ScanService.class);
    private static final KeyPrefix IMAGES = KeyPrefix.of(Keys.SCANS + "images/");
    private static final KeyPrefix REPORTS = KeyPrefix.of(Keys.SCANS + "reports/");
    private static final KeyPrefix SINCE = KeyPrefix.of(Keys.SCANS + "since/");
    private static final KeyPrefix FOUND = KeyPrefix.of(Keys.SCANS + "found/");
    private static final KeyPrefix PACKAGES = KeyPrefix.of(Keys.SCANS + "packages/");
    private static final KeyPrefix QUEUE = KeyPrefix.of(Keys.SCANS + "queue/");
    private static final KeyPrefix NODES = KeyPrefix.of(Keys.SCANS + "nodes/");
    private static final ObjectKey RESCAN = Keys.SCANS.key("rescan");

    /** Which node compares. */
    static final ObjectKey COMPARISON = Keys.SCANS.key("comparison");

    private final ObjectStore store;
    private final NameLists found;
    private final NameLists packages;

    ScanStore(ObjectStore store) {
        this.store = store;
        this.found = new NameLists(store, FOUND, "what was found in");
        this.packages = new NameLists(store, PACKAGES, "which packages are in");
    }

    ObjectStore store() {
        return store;
    }

    /** Returns the names of what was found in images. */
    NameLists found() {
        return found;
    }

    /** Returns the packages of images. */
    NameLists packages() {
        return packages;
    }

    /**
     * What was read.
     *
     * @param version of the object; empty if there is none
     */
    record Stored(Optional<ImageRecord> record, Optional<ObjectVersion> version) {}

    // Records

    Stored find(ImageKey image) {
        return StoreCalls.call("read what is known of the scans of " + image, () -> {
            Optional<WholeObject> found = WholeObject.open(store, key(IMAGES, image));
            return new Stored(
                    found.flatMap(object -> ImageRecord.parse(object.content())), found.map(WholeObject::version));
        });
    }

    /** Writes a record instead of the one that was read, and returns whether nobody has written meanwhile. */
    boolean put(ImageKey image, ImageRecord record, Stored before) {
        return StoreCalls.call(
                "keep what is known of the scans of " + image,
                () -> store.put(
                                key(IMAGES, image),
                                record.toBytes(),
                                before.version().map(PutCondition::ifUnchanged).orElseGet(PutCondition::ifAbsent))
                        .isPresent());
    }

    /** Forgets an image: first what was found in it, so that what a crash leaves is found with the record. */
    void forget(ImageKey image, Stored before) {
        StoreCalls.act("forget the scans of " + image, () -> {
            found.drop(found.of(image));
            packages.drop(packages.of(image));
            store.delete(key(REPORTS, image));
            store.delete(key(SINCE, image));
            if (before.version().isPresent()) {
                boolean unused = store.deleteIfUnchanged(
                        key(IMAGES, image), before.version().get());
            }
        });
    }

    /** Calls with the images of a repository of which there are records. */
    void images(RepositoryName repository, Consumer<ImageKey> action) {
        KeyPrefix prefix = below(IMAGES, repository);
        list(
                ListRequest.tree(prefix),
                name -> digest(name.substring(prefix.value().length()))
                        .ifPresent(digest -> action.accept(new ImageKey(repository, digest))));
    }

    /** Returns the repositories in which something was scanned, or waits for it. */
    List<RepositoryName> repositories() {
        List<RepositoryName> repositories = new ArrayList<>();
        list(ListRequest.level(IMAGES), name -> {
            String segment = name.substring(IMAGES.value().length());
            if (segment.endsWith("/")) {
                SortableName.decode(segment.substring(0, segment.length() - 1)).ifPresent(repositories::add);
            }
        });
        return repositories;
    }

    // Reports

    Optional<ScanReport> report(ImageKey image) {
        return StoreCalls.call(
                "read the report about " + image,
                () -> WholeObject.open(store, key(REPORTS, image)).flatMap(object -> parse(object.content(), image)));
    }

    /** A damaged one counts as none: it is kept beside the engine's data, and can be made again. */
    private static Optional<ScanReport> parse(byte[] content, ImageKey image) {
        if (content.length == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(ScanReportJson.read(content));
        } catch (IllegalArgumentException e) {
            LOG.warn("The report about {} cannot be read; scan it again", image, e);
            return Optional.empty();
        }
    }

    void putReport(ImageKey image, byte[] report) {
        StoreCalls.act(
                "keep the report about " + image, () -> store.put(key(REPORTS, image), report, PutCondition.always()));
    }

    // Since when what was found is known

    FirstFound firstFound(ImageKey image) {
        return StoreCalls.call(
                "read since when findings of " + image + " are known",
                () -> WholeObject.open(store, key(SINCE, image))
                        .map(object -> FirstFound.parse(object.content()))
                        .orElseGet(FirstFound::nothing));
    }

    void putFirstFound(ImageKey image, FirstFound times) {
        StoreCalls.act(
                "keep since when findings of " + image + " are known",
                () -> store.put(key(SINCE, image), times.toBytes(), PutCondition.always()));
    }

    // The queue

    void putTicket(Ticket ticket, ImageKey image) {
        byte[] content = (image.repository() + "\n" + image.digest() + "\n").getBytes(StandardCharsets.UTF_8);
        StoreCalls.act(
                "put " + image + " into the queue of scans",
                () -> store.put(QUEUE.key(ticket.name()), content, PutCondition.always()));
    }

    /** Returns what waits at a place; empty if there is no such place any more. */
    Optional<ImageKey> image(Ticket ticket) {
        return StoreCalls.call(
                "read the queue of scans",
                () -> WholeObject.open(store, QUEUE.key(ticket.name())).flatMap(object -> image(object.content())));
    }

    private static Optional<ImageKey> image(byte[] content) {
        List<String> lines = new String(content, StandardCharsets.UTF_8).lines().toList();
        if (lines.size() != 2) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ImageKey(RepositoryName.parse(lines.get(0)), Digest.parse(lines.get(1))));
        } catch (IllegalArgumentException e) {
            // Damaged. A comparison finds the image again.
            return Optional.empty();
        }
    }

    void deleteTicket(Ticket ticket) {
        StoreCalls.act("remove a place from the queue of scans", () -> store.delete(QUEUE.key(ticket.name())));
    }

    boolean hasTicket(Ticket ticket) {
        return StoreCalls.call(
                "read the queue of scans",
                () -> store.stat(QUEUE.key(ticket.name())).isPresent());
    }

    /** Calls with the tickets of a priority in their order, until the action does not want more. */
    void tickets(ScanPriority priority, Predicate<Ticket> action) {
        KeyPrefix prefix = KeyPrefix.of(QUEUE + Ticket.folder(priority) + "/");
        StoreCalls.act("list the queue of scans", () -> {
            ListRequest request = ListRequest.tree(prefix);
            while (true) {
                ListPage page = store.list(request);
                for (String name : page.names()) {
                    Optional<Ticket> ticket =
                            ticket(name.substring(QUEUE.value().length()));
                    if (ticket.isPresent() && !action.test(ticket.get())) {
                        return;
                    }
                }
                if (page.last() || page.names().isEmpty()) {
                    return;
                }
                request = request.after(page.names().get(page.names().size() - 1));
            }
        });
    }

    private static Optional<Ticket> ticket(String name) {
        try {
            return Optional.of(Ticket.parse(name));
        } catch (IllegalArgumentException e) {
            // Nothing of ours.
            return Optional.empty();
        }
    }

    // Rescans

    /** Returns since when reports are too old; empty if nobody has said. */
    Optional<Instant> rescan() {
        return StoreCalls.call(
                "read since when images are scanned again",
                () -> WholeObject.open(store, RESCAN)
                        .flatMap(object -> instant(new String(object.content(), StandardCharsets.UTF_8))));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text.strip()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    void putRescan(Instant since) {
        StoreCalls.act(
                "say that images are scanned again",
                () -> store.put(RESCAN, since.toString().getBytes(StandardCharsets.UTF_8), PutCondition.always()));
    }

    // Nodes

    static ObjectKey node(String name) {
        return NODES.key(name);
    }

    /** Returns the nodes that are there, or were. */
    List<String> nodes() {
        List<String> nodes = new ArrayList<>();
        list(
                ListRequest.tree(NODES),
                name -> nodes.add(name.substring(NODES.value().length())));
        return nodes;
    }

    void deleteNode(String name) {
        StoreCalls.act("forget a node that scanned", () -> store.delete(node(name)));
    }

    static KeyPrefix below(KeyPrefix prefix, RepositoryName repository) {
        return KeyPrefix.of(prefix + SortableName.encode(repository) + "/");
    }

    private static ObjectKey key(KeyPrefix prefix, ImageKey image) {
        return below(prefix, image.repository()).key(Keys.leaf(image.digest()));
    }

    static Optional<Digest> digest(String leaf) {
        int dash = leaf.indexOf('-');
        if (dash < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(Digest.parse(leaf.substring(0, dash) + ":" + leaf.substring(dash + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void list(ListRequest first, Consumer<String> action) {
        list(store, first, action);
    }

    static void list(ObjectStore store, ListRequest first, Consumer<String> action) {
        StoreCalls.act("list what is known of scans", () -> {
            ListRequest request = first;
            while (true) {
                ListPage page = store.list(request);
                page.names().forEach(action);
                if (page.last() || page.names().isEmpty()) {
                    return;
                }
                request = request.after(page.names().get(page.names().size() - 1));
            }
        });
    }
}
