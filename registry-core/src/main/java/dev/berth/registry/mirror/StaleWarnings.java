package dev.berth.registry.mirror;

import dev.berth.registry.internal.wire.WireHeaders;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.server.ServerFilter;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Adds a {@code Warning} to each response that a mirror could not check: {@code 110} if the upstream registry was not
 * asked, {@code 111} if it has not answered. One object is both the filter of the server and a listener of the mirrors
 * behind it, however these are composed:
 *
 * <pre>{@code
 * StaleWarnings warnings = new StaleWarnings();
 * MirrorOptions options = MirrorOptions.builder().listener(warnings).build();
 * RegistryServer.builder(PullThrough.of(upstream, local, store, options)).filter(warnings).build();
 * }</pre>
 *
 * <p>A mirror tells it in the thread that handles the request. The text does not name the upstream registry. Thread-safe.
 *
 * @since 0.1
 */
public final class StaleWarnings implements ServerFilter, MirrorListener {
    @SuppressWarnings("ThreadLocalUsage") // not static: there may be several servers, and these objects come and go
    private final ThreadLocal<Noted> current = new ThreadLocal<>();

    /** What was noted for the request that a thread handles. */
    private static final class Noted {
        private @Nullable StaleAnswer answer;
    }

    /** Creates an object without mirrors. */
    public StaleWarnings() {
        // Nothing is shared between requests.
    }

    @Override
    public RegistryResponse filter(RegistryRequest request, RegistryHandler next) throws IOException {
        Noted noted = new Noted();
        current.set(noted);
        try {
            RegistryResponse response = next.handle(request);
            StaleAnswer answer = noted.answer;
            return answer == null ? response : response.withHeader(WireHeaders.WARNING, text(answer));
        } finally {
            current.remove();
        }
    }

    @Override
    public void stale(StaleAnswer answer) {
        Optional.ofNullable(current.get()).ifPresent(noted -> noted.answer = answer);
    }

    private static String text(StaleAnswer answer) {
        String why = switch (answer.reason()) {
            case FAILED -> "111 - \"Revalidation Failed: the upstream registry fails or cannot be reached";
            case TIMED_OUT -> "111 - \"Revalidation Failed: the upstream registry does not answer in time";
            case REFUSED -> "111 - \"Revalidation Failed: the upstream registry refuses the mirror";
            case LIMITED -> "110 - \"Response is Stale: the upstream registry limits the requests of the mirror";
            case GONE -> "110 - \"Response is Stale: the upstream registry does not have it any more";
        };
        return why
                + answer.checked()
                        .map(time -> "; last checked at " + time.truncatedTo(ChronoUnit.SECONDS))
                        .orElse("; not checked since this mirror started")
                + "\"";
    }
}
