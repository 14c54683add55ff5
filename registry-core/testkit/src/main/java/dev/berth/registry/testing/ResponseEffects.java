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

/** Effects on whether, when and how a request is answered. */
final class ResponseEffects {
    private ResponseEffects() {}

    /** Another answer; the registry does not see the request. Without a body there is one as a registry has it. */
    record Status(int status, Map<String, String> headers, Optional<String> body) implements Effect {
        /** The server writes these itself, and would leave those of an answer out. */
        private static final Set<String> OF_THE_CONNECTION =
                Set.of("connection", "content-length", "transfer-encoding");

        Status {
            headers = Map.copyOf(headers);
            for (String name : headers.keySet()) {
                if (OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                    throw new IllegalArgumentException("The server sets " + name
                            + " itself; what goes wrong with it is said by wrongLength, reset or resetAfter");
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

    /** The right answer, later. */
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

    /** No answer: the connection is reset, and the registry does not see the request. */
    record Reset() implements Effect {
        @Override
        public RegistryResponse apply(RegistryRequest request, RegistryHandler next, Context context)
                throws IOException {
            throw ExchangeAbortedException.reset();
        }
    }

    /** No answer, although the registry has done what was asked. */
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
            TokenAccess.token(request).ifPresent(context.tokens().orElseThrow()::expire);
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

    /** Returns an answer as registries give it when they refuse something. */
    static RegistryResponse error(RegistryRequest request, int status, Optional<String> body) {
        RegistryResponse.Builder answer =
                RegistryResponse.builder(status).header(WireHeaders.API_VERSION, WireHeaders.API_VERSION_VALUE);
        if (body.isPresent()) {
            answer.header(WireHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                    .body(ResponseBody.of(body.get().getBytes(StandardCharsets.UTF_8)));
        } else if (status >= 400) {
            ErrorCode code =
                    HttpStatus.codeOf(status, RequestPattern.path(request).resource());
            answer.header(WireHeaders.CONTENT_TYPE, WireHeaders.JSON)
                    .body(ResponseBody.of(ErrorBody.format(
                            List.of(RegistryError.of(code, "This answer was ordered by a test: " + status)))));
        }
        return answer.build();
    }
}
