package dev.berth.registry.console;

import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.console.catalog.Catalog;
import dev.berth.registry.console.html.Element;
import dev.berth.registry.console.page.Assets;
import dev.berth.registry.console.page.Frame;
import dev.berth.registry.console.page.ImagePage;
import dev.berth.registry.console.page.Links;
import dev.berth.registry.console.page.MessagePage;
import dev.berth.registry.console.page.RepositoriesPage;
import dev.berth.registry.console.page.RepositoryPage;
import dev.berth.registry.console.page.Visit;
import dev.berth.registry.console.view.Names;
import dev.berth.registry.internal.wire.QueryParameters;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a registry, to be mounted at any path of a server:
 *
 * <pre>{@code
 * Console console = Console.builder(Visitors.ofOpen(views), lists).build();
 * RegistryServer.builder(views).route(console.path(), console);
 * }</pre>
 *
 * <p>The pages are made on the server, load nothing from elsewhere, and work without a script. What a caller may not see looks
 * like what is not there. Thread-safe.
 *
 * @since 0.1
 */
public final class Console implements RegistryHandler {
    private static final String REPOSITORY = "repository/";
    private static final String IMAGE = "image/";
    private static final String ASSETS = "assets/";

    private final Visitors visitors;
    private final Catalog catalog;
    private final String mounted;
    private final InstantSource clock;
    private final Assets assets = Assets.load();
    private final RepositoriesPage repositories;
    private final RepositoryPage repository;
    private final ImagePage image;
    private final MessagePage message;

    private Console(Builder builder) {
        this.visitors = builder.visitors;
        this.catalog = builder.lists.catalog();
        this.mounted = builder.mounted;
        this.clock = builder.clock;
        Frame frame =
                new Frame(builder.title, new Links(builder.publicPath == null ? mounted : builder.publicPath), assets);
        this.repositories = new RepositoriesPage(frame, catalog.cards());
        this.repository = new RepositoryPage(frame);
        this.image = new ImagePage(frame);
        this.message = new MessagePage(frame);
    }

    /**
     * Returns a builder for the pages of a registry.
     *
     * @param visitors who comes, and what they may see
     * @param lists what is shown of repositories
     */
    public static Builder builder(Visitors visitors, ConsoleLists lists) {
        return new Builder(Objects.requireNonNull(visitors, "visitors"), Objects.requireNonNull(lists, "lists"));
    }

    /** Returns the path of the pages, for {@link dev.berth.registry.server.RegistryServer.Builder#route}. */
    public String path() {
        return mounted + "/";
    }

    @Override
    public RegistryResponse handle(RegistryRequest request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return PageResponse.methodNotAllowed();
        }
        String path = request.path().substring(Math.min(request.path().length(), path().length()));
        if (path.startsWith(ASSETS)) {
            return assets.find(path.substring(ASSETS.length()))
                    .map(PageResponse::asset)
                    .orElseGet(() -> notFound(visit(request)));
        }
        Visit visit = visit(request);
        try {
            return page(path, visit).map(PageResponse::page).orElseGet(() -> notFound(visit));
        } catch (RegistryException e) {
            return switch (e.code()) {
                case UNAUTHORIZED, DENIED, NAME_UNKNOWN, MANIFEST_UNKNOWN -> notFound(visit);
                case UNAVAILABLE, TOOMANYREQUESTS -> PageResponse.page(503, message.unavailable(visit));
                default -> throw e;
            };
        }
    }

    private Visit visit(RegistryRequest request) {
        Caller caller = visitors.caller(request);
        Registry view = visitors.view(caller, request);
        return new Visit(
                caller,
                view,
                request.header("Host").orElse("localhost"),
                QueryParameters.parse(request.query().orElse(null)),
                clock.instant());
    }

    private RegistryResponse notFound(Visit visit) {
        return PageResponse.page(404, message.notFound(visit));
    }

    private Optional<Element> page(String path, Visit visit) {
        if (path.isEmpty()) {
            return Optional.of(repositories.show(visit, name -> visitors.maySee(visit.caller(), name)));
        }
        if (path.startsWith(REPOSITORY)) {
            return visible(path.substring(REPOSITORY.length()), visit)
                    .map(name -> repository.show(visit, catalog.seen(visit.registry(), name)));
        }
        if (path.startsWith(IMAGE)) {
            return visible(path.substring(IMAGE.length()), visit).flatMap(name -> image.show(visit, name));
        }
        return Optional.empty();
    }

    private Optional<RepositoryName> visible(String text, Visit visit) {
        return Names.repository(text).filter(name -> visitors.maySee(visit.caller(), name));
    }

    /**
     * Builds the pages. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private final Visitors visitors;
        private final ConsoleLists lists;
        private String title = "Registry";
        private String mounted = "";
        private @Nullable String publicPath;
        private InstantSource clock = InstantSource.system();

        private Builder(Visitors visitors, ConsoleLists lists) {
            this.visitors = visitors;
            this.lists = lists;
        }

        /** Sets what the pages call the registry. Default: {@code Registry}. */
        public Builder title(String newTitle) {
            this.title = Objects.requireNonNull(newTitle, "newTitle");
            return this;
        }

        /**
         * Sets the path that the pages are mounted at. Default: the root.
         *
         * @param path begins with a slash; a slash at its end makes no difference
         * @throws IllegalArgumentException if it is no path
         */
        public Builder mountedAt(String path) {
            this.mounted = checked(path);
            return this;
        }

        /**
         * Sets the path at which browsers find the pages, where a proxy has them at another one. Default: the same.
         *
         * @param path as for {@link #mountedAt}
         * @throws IllegalArgumentException if it is no path
         */
        public Builder publishedAt(String path) {
            this.publicPath = checked(path);
            return this;
        }

        private static String checked(String path) {
            if (!path.matches("/|(/[A-Za-z0-9._~-]+)+/?") || path.contains("/.")) {
                throw new IllegalArgumentException("The path of the pages begins with a slash and consists of letters,"
                        + " digits, '-', '_', '.' and '~', unlike '" + path + "'");
            }
            return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        }

        /** Sets the clock that ages are told by. */
        public Builder clock(InstantSource newClock) {
            this.clock = Objects.requireNonNull(newClock, "newClock");
            return this;
        }

        /** Returns the pages. */
        public Console build() {
            return new Console(this);
        }
    }
}
