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
 * A {@link RegistryException} as an HTTP response, and back.
 *
 * @param status the HTTP status
 * @param headers the headers that carry what is not in the body
 * @param errors the content of the body, see {@link ErrorBody}
 */
public record WireError(int status, List<Map.Entry<String, String>> headers, List<RegistryError> errors) {
    /** The detail that tells an upload's offset: a {@code Range} cannot tell 0 from 1. */
    private static final String OFFSET = "offset";

    /** The detail that tells which tags were set by a push that then failed, separated by commas; empty if none was. */
    private static final String STORED_TAGS = "storedTags";

    /** Copies the lists. */
    public WireError {
        headers = List.copyOf(headers);
        errors = List.copyOf(errors);
    }

    /** Returns an exception as a response. */
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
     * Returns the exception that a response stands for.
     *
     * @param status the HTTP status, from 400 on
     * @param resource what was asked for, which decides where there is no body
     * @param headers returns the values of a header by its name
     * @param body the body, empty where there is none; of a length that the caller has limited
     * @param what what was asked for, in words, for the message where there is no body
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
     * Returns the tags that a push of a manifest has set before it failed, as the response says; empty if it does not say
     * that it has stored anything.
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
            // What is no list of tags was not told by a registry of this kind.
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
