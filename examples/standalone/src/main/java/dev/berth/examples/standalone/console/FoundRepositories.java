package dev.berth.examples.standalone.console;

import java.util.List;

/**
 * What a search has found.
 *
 * @param repositories the best of them, the best first
 * @param total how many there are, as far as the registry says it
 */
record FoundRepositories(List<FoundRepository> repositories, long total) {
    FoundRepositories {
        repositories = List.copyOf(repositories);
    }
}
