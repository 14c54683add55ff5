package dev.berth.registry.console;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.console.api.ApiQuery;
import dev.berth.registry.console.api.ConsoleApi;
import dev.berth.registry.console.view.Names;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import java.util.Objects;

/**
 * What the pages show, as JSON: {@code /api/v1/repositories} and {@code /api/v1/tags/NAME}. {@code /api/v1/openapi.json}
 * describes it. Thread-safe.
 *
 * <pre>{@code
 * RegistryServer.builder(views).route(ApiRoutes.PATH, ApiRoutes.of(visitors, lists));
 * }</pre>
 *
 * @since 0.1
 */
public final class ApiRoutes implements RegistryHandler {
    /** The prefix of its addresses, for {@link dev.berth.registry.server.RegistryServer.Builder#route}. */
    public static final String PATH = "/api/v1/";

    private static final String TAGS = "tags/";

    private final Visitors visitors;
    private final ConsoleApi api;

    private ApiRoutes(Visitors visitors, ConsoleApi api) {
        this.visitors = visitors;
        this.api = api;
    }

    /**
     * Returns the routes of a registry.
     *
     * @param visitors who asks, and what they may see
     * @param lists what is shown of repositories
     */
    public static ApiRoutes of(Visitors visitors, ConsoleLists lists) {
        return new ApiRoutes(Objects.requireNonNull(visitors, "visitors"), new ConsoleApi(lists.catalog()));
    }

    @Override
    public RegistryResponse handle(RegistryRequest request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return JsonResponse.methodNotAllowed();
        }
        String path = request.path().substring(PATH.length());
        if (path.equals("openapi.json")) {
            return JsonResponse.of(api.description());
        }
        ApiQuery query = ApiQuery.of(request);
        Caller caller = visitors.caller(request);
        Registry view = visitors.view(caller, request);
        if (path.equals("repositories")) {
            return JsonResponse.of(api.repositories(view, name -> visitors.maySee(caller, name), query));
        }
        if (path.startsWith(TAGS)) {
            return tags(path.substring(TAGS.length()), caller, view, query);
        }
        throw RegistryException.of(
                ErrorCode.NOT_FOUND, "There is nothing at this address of the API; see openapi.json");
    }

    private RegistryResponse tags(String text, Caller caller, Registry view, ApiQuery query) {
        RepositoryName name = Names.repository(text)
                .filter(found -> visitors.maySee(caller, found))
                .orElseThrow(ApiRoutes::unknown);
        try {
            return JsonResponse.of(api.tags(view, name, query));
        } catch (RegistryException e) {
            throw switch (e.code()) {
                case NAME_UNKNOWN, UNAUTHORIZED, DENIED -> unknown();
                default -> e;
            };
        }
    }

    /** The same for what is not there and for what the caller may not see. */
    private static RegistryException unknown() {
        return RegistryException.of(ErrorCode.NAME_UNKNOWN, "There is no such repository, or you may not see it");
    }
}
