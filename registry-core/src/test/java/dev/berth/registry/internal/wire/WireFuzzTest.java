package dev.berth.registry.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.UploadId;
import dev.berth.registry.fixtures.Allocations;
import dev.berth.registry.internal.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Any text is an address, a header value or a body, or is refused as a client's mistake; and what is written is read again. */
class WireFuzzTest {
    private static final int STATUSES = 200;

    @FuzzTest
    void values(byte[] input) throws Exception {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        Allocations.requireProportional(input.length, () -> {
            addresses(text);
            headers(text);
            scopes(text);
            bodies(input, text);
        });
    }

    private static void addresses(String text) {
        attempt(() -> ApiPath.parse(text)).ifPresent(WireFuzzTest::path);
        attempt(() -> QueryParameters.parse(text)).ifPresent(WireFuzzTest::query);
        attempt(() -> PercentCoding.decodePath(text));
        if (text.chars().noneMatch(Character::isISOControl)) {
            assertThat(PercentCoding.decode(PercentCoding.encode(text))).isEqualTo(text);
        }
        UploadSegment.parse(text)
                .ifPresent(id -> assertThat(UploadSegment.format(id)).isEqualTo(text));
        if (!text.isEmpty() && text.length() <= UploadId.MAX_LENGTH) {
            UploadId id = UploadId.of(text);
            assertThat(UploadSegment.parse(UploadSegment.format(id))).contains(id);
        }
    }

    private static void path(ApiPath path) {
        attempt(path::digest);
        attempt(path::selector);
        attempt(path::uploadId);
        attempt(path::repository).ifPresent(name -> {
            String written = switch (path.resource()) {
                case TAGS -> ApiPath.ofTags(name);
                case UPLOADS -> ApiPath.ofUploads(name);
                case MANIFEST ->
                    attempt(path::selector)
                            .map(selector -> ApiPath.ofManifest(name, selector))
                            .orElse("");
                case BLOB ->
                    attempt(path::digest)
                            .map(digest -> ApiPath.ofBlob(name, digest))
                            .orElse("");
                case REFERRERS ->
                    attempt(path::digest)
                            .map(digest -> ApiPath.ofReferrers(name, digest))
                            .orElse("");
                case UPLOAD ->
                    attempt(path::uploadId)
                            .map(id -> ApiPath.ofUpload(name, id))
                            .orElse("");
                default -> "";
            };
            if (!written.isEmpty()) {
                assertThat(ApiPath.parse(written)).isEqualTo(path);
            }
        });
    }

    private static void query(QueryParameters query) {
        attempt(query::pageSize);
        QueryParameters.Builder builder = QueryParameters.builder();
        query.names().stream().distinct().forEach(name -> query.all(name).forEach(value -> builder.add(name, value)));
        String written = builder.build();
        QueryParameters again = attempt(() -> QueryParameters.parse(written.isEmpty() ? null : written.substring(1)))
                .orElseThrow();
        assertThat(again.names()).hasSameSizeAs(query.names());
        query.names().forEach(name -> assertThat(again.all(name)).isEqualTo(query.all(name)));
    }

    private static void headers(String text) {
        Optional<String> next = LinkHeader.parseNext(text);
        next.ifPresent(target ->
                assertThat(LinkHeader.parseNext(LinkHeader.formatNext(target))).contains(target));
        String mediaType = MediaTypeHeader.withoutParameters(text);
        if (MediaTypeHeader.isMediaType(mediaType)) {
            assertThat(MediaTypeHeader.withoutParameters(mediaType + ";" + text))
                    .isEqualTo(mediaType);
        }
        EntityTag.parse(text).ifPresent(digest -> {
            assertThat(EntityTag.parse(EntityTag.format(digest))).contains(digest);
            assertThat(EntityTag.matches(List.of(text), digest)).isTrue();
        });
        Decimal.parse(text).ifPresent(number -> assertThat(number).isNotNegative());
    }

    private static void scopes(String text) {
        Scope scope = Scope.parse(text);
        assertThat(Scope.parse(scope.toString())).isEqualTo(scope);
        ScopeSet scopes = ScopeSet.parse(text);
        assertThat(ScopeSet.parse(scopes.toString())).isEqualTo(scopes);
        assertThat(scopes.covers(scopes)).isTrue();
    }

    private static void bodies(byte[] input, String text) {
        List<RegistryError> errors = ErrorBody.parse(input);
        assertThat(ErrorBody.parse(ErrorBody.format(errors))).isEqualTo(errors);
        int status = 400 + (input.length == 0 ? 0 : (input[0] & 0xff) % STATUSES);
        for (ApiResource resource : ApiResource.values()) {
            RegistryException failure =
                    WireError.toException(status, resource, name -> List.of(text), input, "A request");
            WireError again = WireError.of(failure);
            assertThat(again.status()).isBetween(400, 599);
            WireError.storedTags(failure);
        }
        for (Function<byte[], List<String>> list :
                List.<Function<byte[], List<String>>>of(ListBody::parseTags, ListBody::parseCatalog)) {
            try {
                list.apply(input);
            } catch (MalformedJsonException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }

    private interface Reading<T> {
        T read();
    }

    private static <T> Optional<T> attempt(Reading<T> reading) {
        try {
            return Optional.of(reading.read());
        } catch (RegistryException e) {
            assertThat(HttpStatus.of(e.code())).as(e.toString()).isBetween(400, 499);
            assertThat(e.code()).isNotEqualTo(ErrorCode.UNKNOWN);
            return Optional.empty();
        }
    }
}
