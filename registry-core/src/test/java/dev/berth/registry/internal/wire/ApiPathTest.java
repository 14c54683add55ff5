package dev.berth.registry.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.UploadId;
import dev.berth.registry.contract.Cases;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paths of the API, read and written. */
class ApiPathTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final Digest DIGEST = Digest.sha256(new byte[0]);

    @Test
    void areReadAsTheyAreWritten() {
        assertThat(ApiPath.parse(ApiPath.ofCatalog()).resource()).isEqualTo(ApiResource.CATALOG);
        assertThat(ApiPath.parse(ApiPath.ofTags(NAME))).isEqualTo(new ApiPath(ApiResource.TAGS, "team/app", ""));
        assertThat(ApiPath.parse(ApiPath.ofUploads(NAME))).isEqualTo(new ApiPath(ApiResource.UPLOADS, "team/app", ""));
        ApiPath byTag = ApiPath.parse(ApiPath.ofManifest(NAME, Tag.parse("1.0")));
        assertThat(byTag.resource()).isEqualTo(ApiResource.MANIFEST);
        assertThat(byTag.repository()).isEqualTo(NAME);
        assertThat(byTag.selector()).isEqualTo(Tag.parse("1.0"));
        assertThat(ApiPath.parse(ApiPath.ofManifest(NAME, DIGEST)).selector()).isEqualTo(DIGEST);
        ApiPath blob = ApiPath.parse(ApiPath.ofBlob(NAME, DIGEST));
        assertThat(blob.resource()).isEqualTo(ApiResource.BLOB);
        assertThat(blob.digest()).isEqualTo(DIGEST);
        ApiPath referrers = ApiPath.parse(ApiPath.ofReferrers(NAME, DIGEST));
        assertThat(referrers.resource()).isEqualTo(ApiResource.REFERRERS);
        assertThat(referrers.digest()).isEqualTo(DIGEST);
    }

    @Test
    void carryUploadIdsOfAnyForm() {
        Cases.of(
                        "6a4e2b7e-1c2d-4e5f-8a9b-0c1d2e3f4a5b",
                        "a",
                        "..",
                        ".",
                        ".x",
                        "~",
                        "~x",
                        "a b",
                        "a/b",
                        "a?b=c&d=%2F",
                        "ä€😀",
                        "https://registry.example/v2/team/app/blobs/uploads/7?_state=abc%3D%3D&x=y")
                .check(id -> {
                    String path = ApiPath.ofUpload(NAME, UploadId.of(id));

                    assertThat(path)
                            .matches("/v2/team/app/blobs/uploads/[A-Za-z0-9._~-]+")
                            .doesNotEndWith("/.")
                            .doesNotEndWith("/..");
                    ApiPath parsed = ApiPath.parse(path);
                    assertThat(parsed.resource()).isEqualTo(ApiResource.UPLOAD);
                    assertThat(parsed.repository()).isEqualTo(NAME);
                    assertThat(parsed.uploadId()).isEqualTo(UploadId.of(id));
                });
    }

    @Test
    void carryTheLongestUploadIds() {
        UploadId id = UploadId.of("/".repeat(UploadId.MAX_LENGTH));

        assertThat(ApiPath.parse(ApiPath.ofUpload(NAME, id)).uploadId()).isEqualTo(id);
    }

    @Test
    void leaveOrdinaryUploadIdsReadable() {
        assertThat(ApiPath.ofUpload(NAME, UploadId.of("6a4e2b7e-1c2d")))
                .isEqualTo("/v2/team/app/blobs/uploads/6a4e2b7e-1c2d");
    }

    @ParameterizedTest
    @CsvSource({
        "/v2,                                   PING,      '',               ''",
        "/v2/,                                  PING,      '',               ''",
        "/v2/_catalog,                          CATALOG,   '',               ''",
        "/v2/a/manifests/1,                     MANIFEST,  a,                1",
        "/v2/a/manifests/,                      MANIFEST,  a,                ''",
        "/v2/manifests/manifests/manifests,     MANIFEST,  manifests,        manifests",
        "/v2/a/blobs/uploads/manifests/1,       MANIFEST,  a/blobs/uploads,  1",
        "/v2/a/blobs/uploads,                   UPLOADS,   a,                ''",
        "/v2/a/blobs/uploads/,                  UPLOADS,   a,                ''",
        "/v2/a/blobs/uploads/x,                 UPLOAD,    a,                x",
        "/v2/blobs/uploads/blobs/uploads/x,     UPLOAD,    blobs/uploads,    x",
        "/v2/a/tags/list,                       TAGS,      a,                ''",
        "/v2/a/tags/list/tags/list,             TAGS,      a/tags/list,      ''",
        "/v2/a/referrers/x,                     REFERRERS, a,                x",
        "/v2//manifests/x,                      MANIFEST,  '',               x",
        "/v2/%61/manifests/%78,                 MANIFEST,  a,                x",
        "/v2/a/tags/lists,                      NONE,      '',               ''",
        "/v2/a/tags/,                           NONE,      '',               ''",
        "/v2/a/uploads/x,                       NONE,      '',               ''",
        "/v2/blobs/uploads/x,                   NONE,      '',               ''",
        "/v2/manifests/x,                       NONE,      '',               ''",
        "/v2/a,                                 NONE,      '',               ''",
        "/v2x/a/manifests/1,                    NONE,      '',               ''",
        "/,                                     NONE,      '',               ''",
        "/v1/a/manifests/1,                     NONE,      '',               ''",
    })
    void leadToResources(String path, ApiResource resource, String name, String last) {
        assertThat(ApiPath.parse(path)).isEqualTo(new ApiPath(resource, name, last));
    }

    @Test
    void areRefusedWhenTheirEscapesAreNotWhatTheySeem() {
        Cases.of(
                        "/v2/a%2Fb/manifests/1",
                        "/v2/a/manifests/b%2f1",
                        "/v2/a/manifests/%5C",
                        "/v2/a/manifests/%",
                        "/v2/a/blobs/%0a",
                        "/v2/a/blobs/%1",
                        "/v2/a/blobs/%zz",
                        "/v2/a/blobs/%c3",
                        "/v2/a/blobs/%+1",
                        "/v2/a/blobs/%\uff14\uff11",
                        "/v2/a/blobs/\u00e4",
                        "/v2/a/blobs/\n",
                        "/v2/a/blobs/x%7f")
                .check(path -> {
                    assertFails(ErrorCode.REQUEST_INVALID, path, ApiPath::resource);
                });
    }

    @Test
    void failWithTheCodeOfTheirPart() {
        assertFails(ErrorCode.NAME_INVALID, "/v2/A/manifests/1", ApiPath::repository);
        assertFails(ErrorCode.TAG_INVALID, "/v2/a/manifests/-", ApiPath::selector);
        assertFails(ErrorCode.DIGEST_INVALID, "/v2/a/manifests/sha256:1", ApiPath::selector);
        assertFails(ErrorCode.DIGEST_INVALID, "/v2/a/blobs/1", ApiPath::digest);
        assertFails(ErrorCode.BLOB_UPLOAD_UNKNOWN, "/v2/a/blobs/uploads/~*", ApiPath::uploadId);
        // Other forms of what the server writes as "a" and as "~Iw".
        assertFails(ErrorCode.BLOB_UPLOAD_UNKNOWN, "/v2/a/blobs/uploads/~YQ", ApiPath::uploadId);
        assertFails(ErrorCode.BLOB_UPLOAD_UNKNOWN, "/v2/a/blobs/uploads/%23", ApiPath::uploadId);
        assertFails(ErrorCode.BLOB_UPLOAD_UNKNOWN, "/v2/a/blobs/uploads/~Ix", ApiPath::uploadId);
        assertFails(ErrorCode.BLOB_UPLOAD_UNKNOWN, "/v2/a/blobs/uploads/" + "x".repeat(4097), ApiPath::uploadId);
    }

    private static void assertFails(ErrorCode code, String path, Function<ApiPath, Object> part) {
        assertThatExceptionOfType(RegistryException.class)
                .as(path)
                .isThrownBy(() -> part.apply(ApiPath.parse(path)))
                .extracting(RegistryException::code)
                .isEqualTo(code);
    }
}
