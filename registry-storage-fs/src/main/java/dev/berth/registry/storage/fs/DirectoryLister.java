package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.Utf8Order;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Makes the pages of listings. Since a directory is sorted by its name with a slash, visiting directories in the order
 * of their names, each with all that is in it, is the order of keys.
 */
final class DirectoryLister {
    /** The largest page, so that memory has a bound. */
    private static final int LARGEST_PAGE = 10_000;

    private final KeyPaths paths;
    private final NameCache names;

    DirectoryLister(KeyPaths paths, NameCache names) {
        this.paths = paths;
        this.names = names;
    }

    ListPage list(ListRequest request) throws IOException {
        String prefix = request.prefix().value();
        String after = "";
        if (request.after().startsWith(prefix)) {
            after = request.after().substring(prefix.length());
        } else if (Utf8Order.compare(request.after(), prefix) > 0) {
            return new ListPage(List.of(), true);
        }
        Path directory = paths.of(request.prefix());
        int limit = Math.min(request.limit(), LARGEST_PAGE);
        return request.grouped() ? level(directory, prefix, after, limit) : tree(directory, prefix, after, limit);
    }

    private ListPage level(Path directory, String prefix, String after, int limit) throws IOException {
        List<String> page = new ArrayList<>();
        DirectoryCursor cursor = new DirectoryCursor(names, directory, prefix, after);
        for (String name = cursor.next(); name != null && page.size() <= limit; name = cursor.next()) {
            add(cursor.fullName(name), page);
        }
        return page(page, limit);
    }

    private ListPage tree(Path directory, String prefix, String after, int limit) throws IOException {
        List<String> page = new ArrayList<>();
        Deque<DirectoryCursor> cursors = wayTo(directory, prefix, after);
        while (!cursors.isEmpty() && page.size() <= limit) {
            DirectoryCursor cursor = cursors.getLast();
            String name = cursor.next();
            if (name == null) {
                cursors.removeLast();
            } else if (!name.endsWith("/")) {
                add(cursor.fullName(name), page);
            } else if (fits(cursor.fullName(name))) {
                cursors.add(cursor.in(name));
            }
        }
        return page(page, limit);
    }

    /** The directories on the path to the name after which a page starts, the outermost first. */
    private Deque<DirectoryCursor> wayTo(Path directory, String prefix, String after) throws IOException {
        Deque<DirectoryCursor> cursors = new ArrayDeque<>();
        Path path = directory;
        int start = 0;
        for (int slash = after.indexOf('/'); slash >= 0; slash = after.indexOf('/', start)) {
            String group = after.substring(start, slash + 1);
            cursors.add(new DirectoryCursor(names, path, prefix + after.substring(0, start), group));
            start = slash + 1;
            KeyPrefix inner;
            try {
                inner = KeyPrefix.of(prefix + after.substring(0, start));
            } catch (IllegalArgumentException e) {
                // The name need not be one that can exist.
                return cursors;
            }
            path = paths.of(inner);
        }
        cursors.add(new DirectoryCursor(names, path, prefix + after.substring(0, start), after.substring(start)));
        return cursors;
    }

    private static void add(String name, List<String> page) {
        if (fits(name)) {
            page.add(name);
        }
    }

    /** Files of others may have longer paths than a key can be. */
    private static boolean fits(String name) {
        int longest = name.endsWith("/") ? ObjectKey.MAX_BYTES - 1 : ObjectKey.MAX_BYTES;
        return name.length() * 3 <= longest || name.getBytes(StandardCharsets.UTF_8).length <= longest;
    }

    private static ListPage page(List<String> names, int limit) {
        return names.size() <= limit ? new ListPage(names, true) : new ListPage(names.subList(0, limit), false);
    }
}
