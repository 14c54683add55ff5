package dev.berth.registry.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.access.Action;
import dev.berth.registry.console.api.ApiQuery;
import dev.berth.registry.console.catalog.Standing;
import dev.berth.registry.console.html.HiddenCharacters;
import dev.berth.registry.console.search.Search;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import java.util.List;
import java.util.Objects;

/**
 * What {@code docker search HOST/TERM} and {@code podman search} ask: {@code /v1/_ping} and {@code /v1/search}. Thread-safe.
 *
 * <pre>{@code
 * RegistryServer.builder(views).route(SearchRoutes.PATH, SearchRoutes.of(visitors, lists));
 * }</pre>
 *
 * @since 0.1
 */
public final class SearchRoutes implements RegistryHandler {
    /** The prefix of its addresses, for {@link dev.berth.registry.server.RegistryServer.Builder#route}. */
    public static final String PATH = "/v1/";

    private static final int MOST = 100;
    private static final int USUAL = 25;
    private static final int MOST_PAGES = 100;

    /** So begins what podman calls itself. */
    private static final String PODMAN = "containers/";

    /** Clients print descriptions as they are, and cut them themselves: what a terminal would obey must not be in them. */
    private static final int LONGEST_DESCRIPTION = 500;

    private final Visitors visitors;
    private final Search search;
    private final Standing standing;

    private SearchRoutes(Visitors visitors, Search search, Standing standing) {
        this.visitors = visitors;
        this.search = search;
        this.standing = standing;
    }

    /**
     * Returns the routes of a registry.
     *
     * @param visitors who searches, and what they may see
     * @param lists what is searched
     */
    public static SearchRoutes of(Visitors visitors, ConsoleLists lists) {
        return of(visitors, lists, lists.standing(List.of()));
    }

    static SearchRoutes of(Visitors visitors, ConsoleLists lists, Standing standing) {
        return new SearchRoutes(
                Objects.requireNonNull(visitors, "visitors"),
                new Search(lists.catalog().cards(), standing),
                standing);
    }

    @Override
    public RegistryResponse handle(RegistryRequest request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return JsonResponse.methodNotAllowed();
        }
        return switch (request.path().substring(PATH.length())) {
            case "_ping" -> JsonResponse.of(JsonNodeFactory.instance.objectNode());
            case "search" -> search(request);
            default ->
                throw RegistryException.of(
                        ErrorCode.NOT_FOUND, "Of the first version of the API there is the search only; use /v2/");
        };
    }

    /**
     * podman searches without its credentials, whoever has logged in, and reads the catalogue with them where there is no search.
     * Where some may see more than others, it must have that.
     */
    private boolean isBlindToPrivate(RegistryRequest request) {
        return visitors.areKnown()
                && request.header("Authorization").isEmpty()
                && request.header("User-Agent")
                        .filter(agent -> agent.startsWith(PODMAN))
                        .isPresent();
    }

    private RegistryResponse search(RegistryRequest request) {
        ApiQuery query = ApiQuery.of(request);
        String words = query.text("q").orElse("");
        int most = query.number("n", USUAL, MOST);
        int page = query.number("page", 1, MOST_PAGES);
        if (isBlindToPrivate(request)) {
            throw RegistryException.of(
                    ErrorCode.NOT_FOUND,
                    "Who may see what is asked with credentials: there is the catalogue at /v2/_catalog");
        }
        CurrentVisitor visitor = visitors.ofProgram(request);
        Search.Result result = search.find(words, name -> visitor.may(Action.PULL, name), (page - 1) * most, most);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("query", words);
        answer.put("num_results", result.total());
        answer.put("num_pages", Math.min(MOST_PAGES, (result.total() + most - 1) / most));
        answer.put("page", page);
        answer.put("page_size", most);
        ArrayNode results = answer.putArray("results");
        result.best()
                .forEach(card -> results.addObject()
                        .put("name", card.name().value())
                        .put("description", HiddenCharacters.inOneLine(card.description(), LONGEST_DESCRIPTION))
                        .put("star_count", 0)
                        .put("is_official", standing.isOfficial(card.name()))
                        .put("is_automated", false));
        return JsonResponse.of(answer);
    }
}
