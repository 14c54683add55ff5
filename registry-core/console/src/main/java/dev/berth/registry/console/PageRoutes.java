package dev.berth.registry.console;

import dev.berth.registry.console.page.PageAnswer;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.console.page.Visit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds the pages of a path: those of the longest prefix. */
final class PageRoutes {
    private final TreeMap<String, Pages> pages = new TreeMap<>();

    /**
     * Adds pages.
     *
     * @throws IllegalArgumentException if there are others at one of the paths
     */
    void add(Map<String, Pages> more) {
        more.forEach((path, answering) -> {
            if (pages.putIfAbsent(path, answering) != null) {
                throw new IllegalArgumentException("There are two pages at '" + path + "'");
            }
        });
    }

    Optional<PageAnswer> answer(Visit visit, String path) {
        Pages exact = pages.get(path);
        if (exact != null) {
            return exact.answer(visit, "");
        }
        for (Map.Entry<String, Pages> entry :
                pages.headMap(path, true).descendingMap().entrySet()) {
            String prefix = entry.getKey();
            if (prefix.endsWith("/") && path.startsWith(prefix)) {
                return entry.getValue().answer(visit, path.substring(prefix.length()));
            }
        }
        return Optional.empty();
    }
}
