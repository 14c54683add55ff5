package dev.berth.registry.internal.wire;

import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Tag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The mapping between a {@link RegistryException} and an HTTP response.
 *
 * @param status the HTTP status
 * @param headers the header fields for what the body does not state
 * @param errors the errors in the body, see {@link ErrorBody}
 */
public record WireError(int status, List<Map.Entry<String, String>> headers, List<RegistryError> errors) {
    /** The detail with the offset of an upload, since {@code Range} does not distinguish 0 from 1. */
    private static final String OFFSET = "offset";

    /** The detail with the tags that a failed push set, separated by commas; empty if it set none. */
    private static final String STORED_TAGS = "storedTags";

    /** Copies the lists. */
    public WireError {
        headers = List.copyOf(headers);
        errors = List.copyOf(errors);
    }

    /** Returns the response for an exception. */
    public static WireError of(RegistryException exception) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        exception.challenges().forEach(challenge -> headers.add(Map.entry(WireHeaders.WWW_AUTHENTICATE, challenge)));
        exception
                .retryAfter()
                .ifPresent(wait -> headers.add(Map.entry(WireHeaders.RETRY_AFTER, Long.toString(ceilSeconds(wait)))));
        List<RegistryError> errors = exception.errors();
        if (exception.uploadOffset().isPresent()) {
            long offset = exception.uploadOffset().getAsLong();
            headers.add(Map.entry(WireHeaders.RANGE, UploadRange.formatReceived(offset)));
            errors = withDetail(errors, OFFSET, Long.toString(offset));
        }
        if (exception.stored().isPresent()) {
            String tags =
                    exception.stored().get().tags().stream().map(Tag::value).collect(Collectors.joining(","));
            errors = withDetail(errors, STORED_TAGS, tags);
        }
        return new WireError(HttpStatus.of(exception.code()), headers, errors);
    }

    private static List<RegistryError> withDetail(List<RegistryError> errors, String name, String value) {
        List<RegistryError> changed = new ArrayList<>(errors);
        RegistryError first = errors.get(0);
        Map<String, String> detail = new LinkedHashMap<>(first.detail());
        detail.put(name, value);
        changed.set(0, new RegistryError(first.code(), first.message(), detail));
        return changed;
    }

    private static long ceilSeconds(Duration wait) {
        return Math.max(0, wait.getSeconds() + (wait.getNano() > 0 ? 1 : 0));
    }

    /**
     * Returns the exception for a response.
     *
     * @param status the HTTP status, 400 or above
     * @param resource the resource of the request, which determines the code if there is no body
     * @param headers returns the values of a header field by its name
     * @param body the body, empty if there is none, whose length the caller has limited
     * @param what the request in words, for the message if there is no body
     */
    public static RegistryException toException(
            int status, ApiResource resource, Function<String, List<String>> headers, byte[] body, String what) {
        List<RegistryError> errors = ErrorBody.parse(body);
        if (errors.isEmpty()) {
            errors = List.of(
                    RegistryError.of(HttpStatus.codeOf(status, resource), what + " was answered with " + status));
        }
        RegistryException.Builder exception =
                RegistryException.builder(errors).challenges(headers.apply(WireHeaders.WWW_AUTHENTICATE));
        headers.apply(WireHeaders.RETRY_AFTER).stream()
                .map(Decimal::parse)
                .filter(OptionalLong::isPresent)
                .findFirst()
                .ifPresent(seconds -> exception.retryAfter(Duration.ofSeconds(seconds.getAsLong())));
        if (resource == ApiResource.UPLOAD && status == 416) {
            uploadOffset(errors.get(0), headers).ifPresent(exception::uploadOffset);
        }
        return exception.build();
    }

    /**
     * Returns the tags that a push of a manifest set before it failed; empty if the response does not state that
     * anything was stored.
     */
    public static Optional<List<Tag>> storedTags(RegistryException exception) {
        String told = exception.errors().get(0).detail().get(STORED_TAGS);
        if (told == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    told.isEmpty()
                            ? List.of()
                            : Arrays.stream(told.split(",", -1)).map(Tag::new).toList());
        } catch (IllegalArgumentException e) {
            // The detail comes from another kind of registry.
            return Optional.empty();
        }
    }

    private static OptionalLong uploadOffset(RegistryError error, Function<String, List<String>> headers) {
        OptionalLong told = Decimal.parse(error.detail().getOrDefault(OFFSET, ""));
        if (told.isPresent()) {
            return told;
        }
        List<String> ranges = headers.apply(WireHeaders.RANGE);
        return ranges.isEmpty() ? OptionalLong.empty() : UploadRange.parseReceived(ranges.get(0));
    }
}
