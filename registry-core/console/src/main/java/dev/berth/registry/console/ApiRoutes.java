package dev.berth.registry.console;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.console.api.ApiCall;
import dev.berth.registry.console.api.ApiDescription;
import dev.berth.registry.console.api.ApiQuery;
import dev.berth.registry.console.api.ApiResource;
import dev.berth.registry.console.api.RepositoriesResource;
import dev.berth.registry.console.api.TagsResource;
import dev.berth.registry.console.catalog.Standing;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the pages show and do, as JSON; {@code /api/v1/openapi.json} describes it. Thread-safe.
 *
 * <p>What manages the registry has addresses of its own, such as {@code /berth/access/people}. It is here once more:
 * {@code /api/v1/access/people}.
 *
 * <pre>{@code
 * RegistryServer.builder(views).route(ApiRoutes.PATH, console.api());
 * }</pre>
 *
 * @since 0.1
 */
public final class ApiRoutes implements RegistryHandler {
    /** The prefix of its addresses, for {@link dev.berth.registry.server.RegistryServer.Builder#route}. */
    public static final String PATH = "/api/v1/";

    private static final String MANAGEMENT = "/berth/";

    private final Visitors visitors;
    private final Map<String, RegistryHandler> management;
    private final InstantSource clock;
    private final byte[] description = ApiDescription.load();
    private final Map<String, ApiResource> resources = new LinkedHashMap<>();

    ApiRoutes(
            Visitors visitors,
            ConsoleLists lists,
            Standing standing,
            List<ApiResource> more,
            Map<String, RegistryHandler> management,
            InstantSource clock) {
        this.visitors = visitors;
        this.management = management;
        this.clock = clock;
        Stream.concat(
                        Stream.of(
                                new RepositoriesResource(lists.catalog().cards(), standing),
                                new TagsResource(
                                        lists.catalog(),
                                        lists.safety(),
                                        lists.statistics().pulls()::of)),
                        more.stream())
                .forEach(resource -> {
                    if (resources.putIfAbsent(resource.path(), resource) != null) {
                        throw new IllegalArgumentException("The API has two resources at " + resource.path());
                    }
                });
    }

    /**
     * Returns the routes of a registry that has no pages.
     *
     * @param visitors who asks, and what they may see
     * @param lists what is shown of repositories
     */
    public static ApiRoutes of(Visitors visitors, ConsoleLists lists) {
        return new ApiRoutes(
                Objects.requireNonNull(visitors, "visitors"),
                lists,
                lists.standing(List.of()),
                List.of(),
                Map.of(),
                InstantSource.system());
    }

    @Override
    public RegistryResponse handle(RegistryRequest request) throws IOException {
        String path = request.path().substring(PATH.length());
        Optional<Map.Entry<String, RegistryHandler>> managing = management.entrySet().stream()
                .filter(entry -> (MANAGEMENT + path).startsWith(entry.getKey()))
                .findFirst();
        if (managing.isPresent()) {
            String target = MANAGEMENT + request.target().substring(PATH.length());
            return managing.get()
                    .getValue()
                    .handle(request.toBuilder().target(target).build());
        }
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return JsonResponse.methodNotAllowed();
        }
        return JsonResponse.of(path.equals("openapi.json") ? description : answer(path, request));
    }

    private byte[] answer(String path, RegistryRequest request) {
        ApiResource resource = resources.get(path);
        String rest = "";
        if (resource == null) {
            resource = resources.values().stream()
                    .filter(one -> one.path().endsWith("/") && path.startsWith(one.path()))
                    .findFirst()
                    .orElseThrow(() -> RegistryException.of(
                            ErrorCode.NOT_FOUND, "There is nothing at this address of the API; see openapi.json"));
            rest = path.substring(resource.path().length());
        }
        CurrentVisitor visitor = visitors.ofProgram(request);
        try {
            return JsonResponse.bytes(resource.answer(new ApiCall(
                    visitor,
                    visitors.view(visitor.caller(), request),
                    rest,
                    ApiQuery.of(request),
                    new ManagementCalls(management, request, ""),
                    clock.instant())));
        } catch (RegistryException e) {
            throw switch (e.code()) {
                case NAME_UNKNOWN, UNAUTHORIZED, DENIED -> ApiCall.unknownRepository();
                default -> e;
            };
        }
    }
}
