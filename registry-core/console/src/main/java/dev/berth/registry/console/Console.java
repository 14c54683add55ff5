package dev.berth.registry.console;

import dev.berth.registry.RegistryException;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.console.catalog.Catalog;
import dev.berth.registry.console.catalog.Standing;
import dev.berth.registry.console.content.ContentPart;
import dev.berth.registry.console.deletion.DeletionPart;
import dev.berth.registry.console.finding.FindingPart;
import dev.berth.registry.console.page.Assets;
import dev.berth.registry.console.page.ConsolePart;
import dev.berth.registry.console.page.Form;
import dev.berth.registry.console.page.Frame;
import dev.berth.registry.console.page.ImagePage;
import dev.berth.registry.console.page.Links;
import dev.berth.registry.console.page.MessagePage;
import dev.berth.registry.console.page.PageAnswer;
import dev.berth.registry.console.page.RepositoriesPage;
import dev.berth.registry.console.page.RepositoryPage;
import dev.berth.registry.console.page.Visit;
import dev.berth.registry.console.rights.RightsPart;
import dev.berth.registry.console.statistics.StatisticsPart;
import dev.berth.registry.internal.wire.HttpStatus;
import dev.berth.registry.scan.known.KnownImages;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
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
    private static final String ASSETS = "assets/";

    private final Visitors visitors;
    private final String mounted;
    private final String cookiePath;
    private final InstantSource clock;
    private final Map<String, RegistryHandler> management;
    private final Assets assets = Assets.load();
    private final PageRoutes routes = new PageRoutes();
    private final MessagePage message;
    private final ApiRoutes api;
    private final SearchRoutes search;

    private Console(Builder builder) {
        this.visitors = builder.visitors;
        this.mounted = builder.mounted;
        this.clock = builder.clock;
        this.management = Map.copyOf(builder.management);
        Links links = new Links(builder.publicPath == null ? mounted : builder.publicPath);
        this.cookiePath = links.base() + "/";
        Standing standing = builder.lists.standing(builder.official);
        Catalog catalog = builder.lists.catalog();
        List<ConsolePart> parts = new ArrayList<>(builder.parts);
        ContentPart content = new ContentPart(catalog, Optional.ofNullable(builder.background), clock, builder.parts);
        parts.add(content);
        parts.add(new RightsPart());
        parts.add(new StatisticsPart(builder.lists.statistics(), catalog));
        parts.add(new DeletionPart(catalog, builder.lists.undelete()));
        Frame frame = new Frame(builder.title, links, assets, parts);
        this.message = new MessagePage(frame);
        routes.add(Map.of(
                "",
                new RepositoriesPage(frame, catalog.cards(), standing),
                "repository/",
                new RepositoryPage(frame, catalog, standing, parts),
                "image/",
                new ImagePage(frame, catalog, content.hasFiles(), parts)));
        parts.forEach(part -> routes.add(part.pages(frame)));
        this.api = new ApiRoutes(
                visitors,
                builder.lists,
                standing,
                parts.stream().flatMap(part -> part.api().stream()).toList(),
                management,
                clock);
        this.search = SearchRoutes.of(visitors, builder.lists, standing);
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

    /** Returns what tells the same as JSON, for {@link ApiRoutes#PATH}. */
    public ApiRoutes api() {
        return api;
    }

    /** Returns what {@code docker search} asks, for {@link SearchRoutes#PATH}. */
    public SearchRoutes search() {
        return search;
    }

    @Override
    public RegistryResponse handle(RegistryRequest request) throws IOException {
        boolean post = request.method().equals("POST");
        if (!post && !request.method().equals("GET") && !request.method().equals("HEAD")) {
            return PageResponse.methodNotAllowed();
        }
        String path = request.path().substring(Math.min(request.path().length(), path().length()));
        if (path.startsWith(ASSETS) && !post) {
            Optional<Assets.Asset> asset = assets.find(path.substring(ASSETS.length()));
            if (asset.isPresent()) {
                return PageResponse.asset(asset.get());
            }
        }
        FormCookie forms = FormCookie.of(request, cookiePath);
        CurrentVisitor visitor = visitors.inBrowser(request, forms);
        Visit visit = visit(request, visitor, Form.empty());
        PageAnswer answer;
        try {
            answer = routes.answer(
                            post ? visit(request, visitor, OwnForms.read(request, visitor.knownFormToken())) : visit,
                            path)
                    .orElseGet(() -> PageAnswer.of(404, message.notFound(visit)));
        } catch (RegistryException e) {
            answer = refused(e, visit, post);
        }
        return PageResponse.of(answer, forms.setCookie());
    }

    /** A refusal of a change is told; of what is only looked at, that would tell what there is. */
    private PageAnswer refused(RegistryException e, Visit visit, boolean post) {
        return switch (e.code()) {
            case UNAVAILABLE, TOOMANYREQUESTS -> PageAnswer.of(HttpStatus.of(e.code()), message.unavailable(visit));
            case UNAUTHORIZED, NAME_UNKNOWN, MANIFEST_UNKNOWN, NOT_FOUND -> PageAnswer.of(404, message.notFound(visit));
            case DENIED ->
                post
                        ? PageAnswer.of(403, message.refused(visit, sentence(e)))
                        : PageAnswer.of(404, message.notFound(visit));
            case UNKNOWN -> throw e;
            default -> PageAnswer.of(HttpStatus.of(e.code()), message.refused(visit, sentence(e)));
        };
    }

    private static String sentence(RegistryException e) {
        return e.errors().get(0).message();
    }

    private Visit visit(RegistryRequest request, CurrentVisitor visitor, Form form) {
        return new Visit(
                request,
                visitor,
                visitors.view(visitor.caller(), request),
                form,
                new ManagementCalls(
                        management,
                        request,
                        visitor.session().map(BrowserSession::formToken).orElse("")),
                clock.instant());
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
        private @Nullable Executor background;
        private List<NamePattern> official = List.of();
        private final Map<String, RegistryHandler> management = new LinkedHashMap<>();
        private final List<ConsolePart> parts = new ArrayList<>();

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

        /** Returns the path of the pages, for the route of a server. */
        String path() {
            return mounted + "/";
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

        /**
         * Sets what reads layers beside requests, to show their files. One that takes too much should refuse it. Default: at most
         * two threads, which end when there is nothing to read.
         */
        public Builder background(Executor executor) {
            this.background = Objects.requireNonNull(executor, "executor");
            return this;
        }

        /**
         * Sets which repositories the operator takes care of: lists call them official, and a search has them before others that
         * fit as well. Default: none.
         */
        public Builder official(List<NamePattern> patterns) {
            this.official = List.copyOf(patterns);
            return this;
        }

        /**
         * Lets the pages show and do what these APIs do, in the name of whoever has signed in.
         *
         * @param handlers by the prefixes of their paths, such as {@code /berth/access/}
         */
        public Builder management(Map<String, ? extends RegistryHandler> handlers) {
            management.putAll(handlers);
            return this;
        }

        /**
         * Shows what is known of the safety of images: findings, signatures, packages, SBOMs, and what the gate says. The lists ask
         * it as well; {@link ConsoleLists#changed} tells them of each scan that has ended.
         */
        @SuppressWarnings("exports") // whoever has one has its module
        public Builder findings(KnownImages known) {
            return part(new FindingPart(known, lists.catalog(), lists.safety()));
        }

        /** Adds a part. */
        Builder part(ConsolePart part) {
            parts.add(part);
            return this;
        }

        /** Returns the pages. */
        public Console build() {
            return new Console(this);
        }
    }
}
