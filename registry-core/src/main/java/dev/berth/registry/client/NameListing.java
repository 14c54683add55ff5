package dev.berth.registry.client;

import com.google.common.collect.Comparators;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Listing;
import dev.berth.registry.RegistryException;
import dev.berth.registry.client.auth.Access;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.transport.IncomingResponse;
import dev.berth.registry.internal.transport.TransportException;
import dev.berth.registry.internal.wire.ApiResource;
import dev.berth.registry.internal.wire.QueryParameters;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists of names: tags (end-8) and repositories. Registries differ in their paging: some send everything at once, some have
 * pages without links. For one thread.
 *
 * @param <T> what is listed
 */
final class NameListing<T extends Comparable<T>> implements RemotePages.Source<T> {
    private static final Logger log = LoggerFactory.getLogger(RemoteRegistry.class);

    /** A list that is sent at once may be large. */
    private static final int LARGEST_PAGE = 32 * 1024 * 1024;

    private final ApiClient client;
    private final Kind<T> kind;
    private final int pageSize;
    private final @Nullable T after;
    private @Nullable T last;
    private Set<T> before = Set.of();
    private Size size = Size.ASKED_FOR;

    /**
     * The differences between the two lists.
     *
     * @param path where the list is
     * @param resource what it is
     * @param access the access that it needs
     * @param texts takes the names out of a page
     * @param parse makes entries of names
     * @param what what is listed, to follow "Could not list"
     * @param names what it is about, for messages
     */
    record Kind<T>(
            String path,
            ApiResource resource,
            Access access,
            Function<byte[], List<String>> texts,
            Function<String, T> parse,
            String what,
            String names) {}

    /** What has become of the size of a page. */
    private enum Size {
        ASKED_FOR,
        TAKEN,
        REFUSED,
        LEFT_TO_THE_REGISTRY
    }

    private NameListing(ApiClient client, Kind<T> kind, int pageSize, @Nullable T after) {
        this.client = client;
        this.kind = kind;
        this.pageSize = pageSize;
        this.after = after;
        this.last = after;
    }

    /** Returns a listing. */
    static <T extends Comparable<T>> Listing<T, T> list(ApiClient client, Kind<T> kind) {
        return Listing.of((after, wanted) -> open(client, kind, after, wanted));
    }

    private static <T extends Comparable<T>> Iterator<T> open(
            ApiClient client, Kind<T> kind, Optional<T> after, OptionalLong wanted) {
        int size = (int) Math.max(1, Math.min(RemoteContext.PAGE_SIZE, wanted.orElse(RemoteContext.PAGE_SIZE)));
        NameListing<T> source = new NameListing<>(client, kind, size, after.orElse(null));
        return new RemotePages<>(client, source.address(after), source, kind.what());
    }

    private boolean isOurs() {
        return size == Size.ASKED_FOR || size == Size.TAKEN;
    }

    private URI address(Optional<T> after) {
        QueryParameters.Builder query = QueryParameters.builder();
        if (isOurs()) {
            query.add("n", pageSize);
        }
        after.ifPresent(entry -> query.add("last", entry));
        return client.address(kind.path() + query.build());
    }

    @Override
    public ApiRequest request(URI address) {
        ApiRequest.Builder request = ApiRequest.builder("GET", address, kind.resource(), kind.access())
                .what("list " + kind.what(), kind.names());
        // Some registries refuse a page that is too large, instead of sending a smaller one.
        return size == Size.ASKED_FOR ? request.accept(400).build() : request.build();
    }

    @Override
    public List<T> read(IncomingResponse page) throws TransportException {
        if (page.status() == 400) {
            page.discard(LARGEST_PAGE);
            size = Size.REFUSED;
            return List.of();
        }
        try {
            byte[] body = page.readAll(LARGEST_PAGE)
                    .orElseThrow(() -> odd("it sends more than " + LARGEST_PAGE + " bytes at once"));
            List<T> entries = new ArrayList<>();
            for (String text : kind.texts().apply(body)) {
                entry(text).ifPresent(entries::add);
            }
            size = size == Size.ASKED_FOR ? Size.TAKEN : size;
            return entries;
        } catch (MalformedJsonException e) {
            throw odd("it sends something that is no such list: " + e.getMessage());
        }
    }

    private Optional<T> entry(String text) {
        try {
            return Optional.of(kind.parse().apply(text));
        } catch (IllegalArgumentException e) {
            // No request can name it.
            log.warn("{} lists a name that cannot be used: {}", client.origin(), e.getMessage());
            return Optional.empty();
        }
    }

    private RegistryException odd(String why) {
        return RegistryException.of(
                ErrorCode.UNAVAILABLE,
                "Could not list " + kind.what() + ": " + client.origin() + " answers oddly, " + why);
    }

    /**
     * A page as full as was asked for may have others behind it, although it does not say so: links are optional. But
     * what is not in order is no page.
     */
    @Override
    public Optional<URI> withoutLink(List<T> entries, List<T> wanted) {
        if (!isOurs()) {
            return sizeLeftToTheRegistry();
        }
        boolean ordered = Comparators.isInOrder(entries, Comparator.naturalOrder())
                || Comparators.isInOrder(entries, Comparator.comparing(NameListing::lowerCase));
        if (entries.size() != pageSize || wanted.isEmpty() || !ordered) {
            return Optional.empty();
        }
        return Optional.of(address(Optional.of(entries.get(entries.size() - 1))));
    }

    /** Requests the same page again, without a size. A registry that refuses this too has another reason. */
    private Optional<URI> sizeLeftToTheRegistry() {
        boolean refused = size == Size.REFUSED;
        size = Size.LEFT_TO_THE_REGISTRY;
        return refused ? Optional.of(address(Optional.ofNullable(last))) : Optional.empty();
    }

    /**
     * Takes out of a page what is new, in order. Where the registry leads to the page, it decides what belongs there:
     * some list the newest first, so that what comes later need not stand behind what came before.
     */
    @Override
    public List<T> wanted(List<T> entries, boolean linked) {
        List<T> sorted = new ArrayList<>(new TreeSet<>(entries));
        T floor = linked ? after : last;
        if (floor != null && !isBehind(floor, entries)) {
            // The registry ignores the parameter, and starts at the beginning.
            sorted.removeIf(entry -> entry.compareTo(floor) <= 0);
        }
        sorted.removeAll(before);
        before = new HashSet<>(entries);
        if (!sorted.isEmpty()) {
            last = sorted.get(sorted.size() - 1);
        }
        return sorted;
    }

    /** The specification allows two orders, and the one without regard to case puts other names behind this one. */
    private boolean isBehind(T floor, List<T> entries) {
        return entries.stream().allMatch(entry -> entry.compareTo(floor) > 0)
                || entries.stream().allMatch(entry -> lowerCase(entry).compareTo(lowerCase(floor)) > 0);
    }

    private static String lowerCase(Object entry) {
        return entry.toString().toLowerCase(Locale.ROOT);
    }
}
