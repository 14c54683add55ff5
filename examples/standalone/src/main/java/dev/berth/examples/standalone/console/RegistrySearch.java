package dev.berth.examples.standalone.console;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.examples.standalone.accounts.LoginFlags;
import dev.berth.examples.standalone.accounts.ManagedPart;
import dev.berth.examples.standalone.accounts.Management;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Asks a registry for repositories: the console's API, and where there is none, what 'docker search' asks. */
final class RegistrySearch {
    /** How many a registry tells at once, of both APIs. */
    private static final int CONSOLE_PAGE = 1_000;

    private static final int DOCKER_PAGE = 100;

    private final LoginFlags login;
    private final String host;

    RegistrySearch(LoginFlags login, String host) {
        this.login = login;
        this.host = host;
    }

    /**
     * Finds repositories.
     *
     * @throws RegistryException with a sentence for the user, if the registry has no search, or refuses the caller
     */
    FoundRepositories find(String words, int limit) throws IOException {
        Optional<FoundRepositories> found = ofConsole(words, limit);
        return found.isPresent() ? found.get() : ofDocker(words, limit);
    }

    private Optional<FoundRepositories> ofConsole(String words, int limit) throws IOException {
        try (Management console = login.open(ManagedPart.CONSOLE, host)) {
            int most = Math.min(limit, CONSOLE_PAGE);
            return Optional.of(pages(
                    page -> console.get("repositories", "q", words, "limit", text(most), "page", text(page)),
                    answer -> entries(answer, "repositories"),
                    answer -> answer.path("total").asLong(),
                    FoundRepository::ofConsole,
                    most,
                    limit));
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.UNSUPPORTED || e.code() == ErrorCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private FoundRepositories ofDocker(String words, int limit) throws IOException {
        try (Management search = login.open(ManagedPart.SEARCH, host)) {
            int most = Math.min(limit, DOCKER_PAGE);
            return pages(
                    page -> search.get("search", "q", words, "n", text(most), "page", text(page)),
                    answer -> entries(answer, "results"),
                    answer -> answer.path("num_results").asLong(),
                    FoundRepository::ofDocker,
                    most,
                    limit);
        }
    }

    /** Asks for the page of a number. */
    @FunctionalInterface
    private interface PageRequest {
        JsonNode get(int page) throws IOException;
    }

    private static FoundRepositories pages(
            PageRequest request,
            Function<JsonNode, JsonNode> entries,
            Function<JsonNode, Long> total,
            Function<JsonNode, FoundRepository> reading,
            int most,
            int limit)
            throws IOException {
        List<FoundRepository> all = new ArrayList<>();
        long known = 0;
        for (int page = 1; all.size() < limit; page++) {
            JsonNode answer = request.get(page);
            JsonNode found = entries.apply(answer);
            known = Math.max(known, total.apply(answer));
            for (JsonNode entry : found) {
                all.add(reading.apply(entry));
            }
            if (found.size() < most || all.size() >= known) {
                break;
            }
        }
        return new FoundRepositories(all.subList(0, Math.min(limit, all.size())), Math.max(known, all.size()));
    }

    /** Another server may answer anything. */
    private static JsonNode entries(JsonNode answer, String name) {
        JsonNode entries = answer.path(name);
        if (!entries.isArray()) {
            throw RegistryException.of(ErrorCode.UNSUPPORTED, "The registry does not answer searches");
        }
        return entries;
    }

    private static String text(int number) {
        return Integer.toString(number);
    }
}
