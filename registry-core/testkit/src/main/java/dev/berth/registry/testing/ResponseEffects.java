package dev.berth.registry.testing;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.internal.wire.ErrorBody;
import dev.berth.registry.internal.wire.HttpStatus;
import dev.berth.registry.internal.wire.WireHeaders;
import dev.berth.registry.server.ExchangeAbortedException;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.server.ResponseBody;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Effects on whether, when and with what a request is answered. */
final class ResponseEffects {
    private ResponseEffects() {}

    /** Responds instead of the registry. Without a body, an error has that of a registry. */
    record Status(int status, Map<String, String> headers, Optional<String> body) implements Effect {
        /** The server sets these, and ignores those of a response. */
        private static final Set<String> OF_THE_CONNECTION =
                Set.of("connection", "content-length", "transfer-encoding");

        Status {
            headers = Map.copyOf(headers);
            for (String name : headers.keySet()) {
                if (OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                    throw new IllegalArgumentException(
                            "The server sets " + name + " itself; use wrongLength, truncate, reset or resetAfter");
                }
            }
            // Fails now, where the mistake is, and not when a request comes.
            RegistryResponse.Builder tried = RegistryResponse.builder(status);
            headers.forEach(tried::header);
        }

        @Override
        public RegistryResponse apply(RegistryRequest request, RegistryHandler next, Context context) {
            RegistryResponse response = error(request, status, body);
            for (Map.Entry<String, String> header : headers.entrySet()) {
                response = response.withHeader(header.getKey(), header.getValue());
            }
            return response;
        }
    }

    /** Delays the request. */
    record Delay(Duration duration) implements Effect {
        Delay {
            if (duration.isNegative()) {
                throw new IllegalArgumentException("A delay cannot be negative: " + duration);
            }
        }

        @Override
        public RegistryResponse apply(RegistryRequest request, RegistryHandler next, Context context)
                throws IOException {
            context.waiting().pause(duration);
            return next.handle(request);
        }
    }

    /** Resets the connection; the registry does not see the request. */
    record Reset() implements Effect {
        @Override
        public RegistryResponse apply(RegistryRequest request, RegistryHandler next, Context context)
                throws IOException {
            throw ExchangeAbortedException.reset();
        }
    }

    /** Resets the connection after the registry has executed the request. */
    record LostResponse() implements Effect {
        @Override
        public RegistryResponse apply(RegistryRequest request, RegistryHandler next, Context context)
                throws IOException {
            next.handle(request).close();
            throw ExchangeAbortedException.reset();
        }
    }

    /** The token that comes with the request expires before it arrives. */
    record ExpiredToken() implements Effect {
        @Override
        public RegistryResponse apply(RegistryRequest request, RegistryHandler next, Context context)
                throws IOException {
            context.tokens().orElseThrow().expireTokenOf(request);
            return next.handle(request);
        }

        @Override
        public boolean needsTokens() {
            return true;
        }
    }

    /** A digest in the header that is not the content's. */
    record WrongDigest() implements Effect {
        private static final String NONE = "sha256:" + "0".repeat(64);

        @Override
        public RegistryResponse apply(RegistryRequest request, RegistryHandler next, Context context)
                throws IOException {
            RegistryResponse response = next.handle(request);
            String digest = response.headers()
                    .first(WireHeaders.CONTENT_DIGEST)
                    .map(WrongDigest::other)
                    .orElse(NONE);
            return response.withHeader(WireHeaders.CONTENT_DIGEST, digest);
        }

        private static String other(String digest) {
            int first = digest.indexOf(':') + 1;
            return digest.substring(0, first) + (digest.charAt(first) == '0' ? '1' : '0') + digest.substring(first + 1);
        }
    }

    /** Returns an error response as a registry sends it, or one with this text. */
    static RegistryResponse error(RegistryRequest request, int status, Optional<String> body) {
        RegistryResponse.Builder response =
                RegistryResponse.builder(status).header(WireHeaders.API_VERSION, WireHeaders.API_VERSION_VALUE);
        if (body.isPresent()) {
            response.header(WireHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                    .body(ResponseBody.of(body.get().getBytes(StandardCharsets.UTF_8)));
        } else if (status >= 400) {
            ErrorCode code =
                    HttpStatus.codeOf(status, RequestPattern.path(request).resource());
            response.header(WireHeaders.CONTENT_TYPE, WireHeaders.JSON)
                    .body(ResponseBody.of(ErrorBody.format(
                            List.of(RegistryError.of(code, "This error was injected by a test: " + status)))));
        }
        return response.build();
    }
}
