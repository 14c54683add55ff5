package dev.berth.registry.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.PutResult;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Tag;
import dev.berth.registry.contract.Cases;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exceptions become responses and, on the other side, exceptions again. */
class WireErrorTest {

    private static RegistryException thereAndBack(RegistryException exception, ApiResource resource) {
        WireError error = WireError.of(exception);
        return WireError.toException(
                error.status(),
                resource,
                name -> error.headers().stream()
                        .filter(header -> header.getKey().equals(name))
                        .map(Map.Entry::getValue)
                        .toList(),
                ErrorBody.format(error.errors()),
                "GET /somewhere");
    }

    private static RegistryException withoutBody(int status, ApiResource resource) {
        return WireError.toException(status, resource, name -> List.of(), new byte[0], "HEAD /somewhere");
    }

    @ParameterizedTest
    @EnumSource
    void keepEveryCode(ErrorCode code) {
        RegistryException exception = RegistryException.builder(
                        new RegistryError(code, "It is \"so\"\n…", Map.of("digest", "sha256:1", "\"", "ä")))
                .build();

        RegistryException back = thereAndBack(exception, ApiResource.MANIFEST);

        assertThat(back.code()).isEqualTo(code);
        assertThat(back.errors().get(0).detail()).isEqualTo(Map.of("digest", "sha256:1", "\"", "ä"));
        assertThat(back.errors().get(0).message()).startsWith("It is \"so\"");
    }

    @ParameterizedTest
    @EnumSource
    void haveAStatusThatSaysTheirKindAlsoWithoutABody(ErrorCode code) {
        int status = HttpStatus.of(code);

        assertThat(status).isBetween(400, 599);
        for (ApiResource resource : ApiResource.values()) {
            // Several codes share a status, so the code may become a more general one, the status never another.
            RegistryException bodyless = withoutBody(status, resource);
            assertThat(HttpStatus.of(bodyless.code()))
                    .as(code + " of " + resource)
                    .isEqualTo(status == 413 && resource != ApiResource.MANIFEST ? 400 : status);
        }
    }

    @Test
    void areToldFromTheResourceWhereThereIsNoBody() {
        assertThat(withoutBody(404, ApiResource.MANIFEST).code()).isEqualTo(ErrorCode.MANIFEST_UNKNOWN);
        assertThat(withoutBody(404, ApiResource.BLOB).code()).isEqualTo(ErrorCode.BLOB_UNKNOWN);
        assertThat(withoutBody(404, ApiResource.UPLOAD).code()).isEqualTo(ErrorCode.BLOB_UPLOAD_UNKNOWN);
        assertThat(withoutBody(404, ApiResource.TAGS).code()).isEqualTo(ErrorCode.NAME_UNKNOWN);
        assertThat(withoutBody(404, ApiResource.PING).code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(withoutBody(401, ApiResource.BLOB).code()).isEqualTo(ErrorCode.UNAUTHORIZED);
        assertThat(withoutBody(429, ApiResource.BLOB).code()).isEqualTo(ErrorCode.TOOMANYREQUESTS);
        assertThat(withoutBody(502, ApiResource.BLOB).code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(withoutBody(504, ApiResource.BLOB).code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(withoutBody(599, ApiResource.BLOB).code()).isEqualTo(ErrorCode.UNKNOWN);
        assertThat(withoutBody(404, ApiResource.BLOB)).hasMessageContaining("HEAD /somewhere");
    }

    @Test
    void keepTheTagsThatAPushSetBeforeItFailed() {
        Descriptor manifest = Descriptor.of(MediaTypes.OCI_MANIFEST, Digest.sha256(new byte[0]), 0);
        RegistryException failure = RegistryException.of(ErrorCode.PRECONDITION_FAILED, "It exists");
        for (List<Tag> tags : List.of(List.<Tag>of(), List.of(new Tag("1.0")), List.of(new Tag("1.0"), Tag.LATEST))) {
            RegistryException back = thereAndBack(
                    failure.afterStoring(new PutResult(manifest, tags, Optional.empty())), ApiResource.MANIFEST);

            assertThat(WireError.storedTags(back)).contains(tags);
        }
        assertThat(WireError.storedTags(thereAndBack(failure, ApiResource.MANIFEST)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "1.0,", "a b", "[\"1.0\"]"})
    void tellOfNoStoredTagsWhereTheDetailIsSomethingElse(String detail) {
        RegistryException failure = RegistryException.builder(
                        new RegistryError(ErrorCode.PRECONDITION_FAILED, "It exists", Map.of("storedTags", detail)))
                .build();

        assertThat(WireError.storedTags(failure)).isEmpty();
    }

    @Test
    void keepAllErrors() {
        RegistryException exception = RegistryException.builder(List.of(
                        RegistryError.of(ErrorCode.MANIFEST_BLOB_UNKNOWN, "one"),
                        RegistryError.of(ErrorCode.MANIFEST_BLOB_UNKNOWN, "two")))
                .build();

        assertThat(thereAndBack(exception, ApiResource.MANIFEST).errors()).isEqualTo(exception.errors());
    }

    @Test
    void keepWhenToTryAgainInSecondsRoundedUp() {
        RegistryException exception = RegistryException.builder(RegistryError.of(ErrorCode.UNAVAILABLE, "x"))
                .retryAfter(Duration.ofMillis(1001))
                .build();

        assertThat(thereAndBack(exception, ApiResource.BLOB).retryAfter()).hasValue(Duration.ofSeconds(2));
    }

    @Test
    void keepChallenges() {
        List<String> challenges = List.of("Bearer realm=\"https://auth.example/token\"", "Basic realm=\"x\"");
        RegistryException exception = RegistryException.builder(RegistryError.of(ErrorCode.UNAUTHORIZED, "x"))
                .challenges(challenges)
                .build();

        assertThat(thereAndBack(exception, ApiResource.BLOB).challenges()).isEqualTo(challenges);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 1_000_000_000_000L})
    void keepTheOffsetOfAnUpload(long offset) {
        RegistryException exception = RegistryException.builder(RegistryError.of(ErrorCode.RANGE_INVALID, "x"))
                .uploadOffset(offset)
                .build();

        assertThat(thereAndBack(exception, ApiResource.UPLOAD).uploadOffset()).hasValue(offset);
    }

    @Test
    void takeTheOffsetOfAnUploadFromTheHeaderOfOthers() {
        RegistryException exception = WireError.toException(
                416,
                ApiResource.UPLOAD,
                name -> name.equals("Range") ? List.of("0-99") : List.of(),
                new byte[0],
                "PATCH /somewhere");

        assertThat(exception.code()).isEqualTo(ErrorCode.RANGE_INVALID);
        assertThat(exception.uploadOffset()).hasValue(100);
    }

    @Test
    void understandBodiesOfOthers() {
        RegistryException exception = fromBody("{\"errors\":[{\"code\":\"NAME_UNKNOWN\",\"message\":\"m\","
                + "\"detail\":{\"name\":\"a\",\"list\":[1,2]}},{\"code\":\"EXOTIC\",\"message\":\"strange\"},"
                + "{\"code\":\"DENIED\",\"detail\":\"text\"},{\"code\":7},{\"message\":\"no code\"}]}");

        assertThat(exception.errors())
                .containsExactly(
                        new RegistryError(ErrorCode.NAME_UNKNOWN, "m", Map.of("name", "a", "list", "[1,2]")),
                        RegistryError.of(ErrorCode.UNKNOWN, "EXOTIC: strange"),
                        new RegistryError(ErrorCode.DENIED, "DENIED", Map.of("detail", "text")));
    }

    @Test
    void doWithoutABodyThatIsNone() {
        Cases.of(
                        "",
                        "<html>",
                        "{}",
                        "[]",
                        "null",
                        "7",
                        "{\"errors\":null}",
                        "{\"errors\":[]}",
                        "{\"errors\":\"x\"}",
                        "{\"errors\":[null,7,[]]}",
                        "{\"errors\":{\"code\":\"DENIED\"}}",
                        "[[[[[[[[[[")
                .check(body -> {
                    assertThat(fromBody(body).code()).isEqualTo(ErrorCode.MANIFEST_UNKNOWN);
                });
    }

    private static RegistryException fromBody(String body) {
        return WireError.toException(
                404, ApiResource.MANIFEST, name -> List.of(), body.getBytes(StandardCharsets.UTF_8), "GET /somewhere");
    }

    @Test
    void ignoreADateForTryingAgain() {
        RegistryException exception = WireError.toException(
                503,
                ApiResource.BLOB,
                name -> name.equals("Retry-After") ? List.of("Fri, 02 Jan 2026 03:04:05 GMT") : List.of(),
                new byte[0],
                "GET /somewhere");

        assertThat(exception.retryAfter()).isEmpty();
    }
}
