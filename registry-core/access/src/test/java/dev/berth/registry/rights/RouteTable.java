package dev.berth.registry.rights;

import static dev.berth.registry.rights.Content.SECRET;
import static dev.berth.registry.rights.Content.TAG;

import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Blobs;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MountSource;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.internal.wire.ApiPath;
import dev.berth.registry.internal.wire.ApiResource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** The rights table: a row for each route and method, and rows for the ways to use them that others have forgotten. */
final class RouteTable {
    static final String PUBLIC_MOUNT = "mount of what is public";

    private static final byte[] PUSHED = Content.bytes("pushed");
    private static final Digest PUSHED_DIGEST = Digest.sha256(PUSHED);

    private final List<Route> rows = new ArrayList<>();

    private RouteTable() {
        beside();
        manifests();
        blobs();
        uploads();
        openUploads();
    }

    static List<Route> rows() {
        return List.copyOf(new RouteTable().rows);
    }

    private void row(
            ApiResource resource,
            String methods,
            String variant,
            Right right,
            int success,
            BiFunction<Content, RepositoryName, Route.Call> request,
            Route.InProcess inProcess) {
        for (String method : methods.split(" ")) {
            rows.add(new Route(resource, method, variant, right, success, request, inProcess));
        }
    }

    private void beside() {
        row(
                ApiResource.PING,
                "GET HEAD",
                "",
                Right.PING,
                200,
                (c, r) -> Route.Call.of("/v2/"),
                (v, c, r) -> v.checkHealth());
        row(
                ApiResource.CATALOG,
                "GET HEAD",
                "",
                Right.CATALOGUE,
                200,
                (c, r) -> Route.Call.of("/v2/_catalog"),
                (v, c, r) -> v.repositories().toList());
        row(
                ApiResource.TAGS,
                "GET HEAD",
                "",
                Right.PULL,
                200,
                (c, r) -> Route.Call.of(ApiPath.ofTags(r)),
                (v, c, r) -> v.repository(r).tags().list().toList());
        row(
                ApiResource.REFERRERS,
                "GET HEAD",
                "",
                Right.PULL,
                200,
                (c, r) -> Route.Call.of(ApiPath.ofReferrers(r, Content.digest(r))),
                (v, c, r) ->
                        v.repository(r).manifests().referrers(Content.digest(r)).toList());
        row(
                ApiResource.REFERRERS,
                "GET",
                "of what is elsewhere",
                Right.PULL,
                200,
                (c, r) -> Route.Call.of(ApiPath.ofReferrers(r, Content.digest(SECRET))),
                (v, c, r) -> v.repository(r)
                        .manifests()
                        .referrers(Content.digest(SECRET))
                        .toList());
    }

    private void manifests() {
        ApiResource resource = ApiResource.MANIFEST;
        row(
                resource,
                "GET HEAD",
                "by tag",
                Right.PULL,
                200,
                (c, r) -> Route.Call.of(ApiPath.ofManifest(r, TAG)),
                (v, c, r) -> v.repository(r).manifests().get(TAG));
        row(
                resource,
                "GET HEAD",
                "by digest",
                Right.PULL,
                200,
                (c, r) -> Route.Call.of(ApiPath.ofManifest(r, Content.digest(r))),
                (v, c, r) -> v.repository(r).manifests().find(Content.digest(r)));
        row(
                resource,
                "PUT",
                "to a tag",
                Right.PUSH,
                201,
                (c, r) -> put(r, TAG.value(), own(r)),
                (v, c, r) -> v.repository(r).manifests().put(own(r), TAG));
        row(
                resource,
                "PUT",
                "untagged",
                Right.PUSH,
                201,
                (c, r) -> put(r, own(r).digest().toString(), own(r)),
                (v, c, r) -> v.repository(r).manifests().put(own(r)));
        row(
                resource,
                "PUT",
                "with a subject",
                Right.PUSH,
                201,
                (c, r) -> put(r, referrer(r).digest().toString(), referrer(r)),
                (v, c, r) -> v.repository(r).manifests().put(referrer(r)));
        row(
                resource,
                "PUT",
                "with tags in the query",
                Right.PUSH,
                201,
                (c, r) -> put(r, own(r).digest() + "?tag=1&tag=2", own(r)),
                (v, c, r) -> v.repository(r).tags().put(Tag.parse("2"), Content.digest(r)));
        row(
                resource,
                "DELETE",
                "of a tag",
                Right.DELETE,
                202,
                (c, r) -> Route.Call.of(ApiPath.ofManifest(r, c.doomedTag(r))),
                (v, c, r) -> v.repository(r).tags().delete(c.doomedTag(r)));
        row(
                resource,
                "DELETE",
                "by digest",
                Right.DELETE,
                202,
                (c, r) -> Route.Call.of(ApiPath.ofManifest(r, c.doomedManifest(r))),
                (v, c, r) -> v.repository(r).manifests().delete(c.doomedManifest(r)));
    }

    private static Manifest own(RepositoryName repository) {
        return Content.manifest(repository, Optional.empty());
    }

    private static Manifest referrer(RepositoryName repository) {
        return Content.manifest(repository, Optional.of(Content.descriptor(own(repository))));
    }

    private static Route.Call put(RepositoryName repository, String reference, Manifest manifest) {
        return new Route.Call("/v2/" + repository + "/manifests/" + reference, manifest.mediaType(), manifest.bytes());
    }

    private void blobs() {
        ApiResource resource = ApiResource.BLOB;
        row(
                resource,
                "GET HEAD",
                "",
                Right.PULL,
                200,
                (c, r) -> Route.Call.of(ApiPath.ofBlob(r, Content.config(r))),
                (v, c, r) -> v.repository(r).blobs().find(Content.config(r)));
        row(
                resource,
                "GET",
                "where the storage has it",
                Right.PULL,
                307,
                (c, r) -> Route.Call.of(ApiPath.ofBlob(r, Content.config(r)) + "?direct"),
                (v, c, r) -> v.repository(r).blobs().directUrl(Content.config(r), Duration.ofMinutes(1)));
        row(
                resource,
                "DELETE",
                "",
                Right.DELETE,
                202,
                (c, r) -> Route.Call.of(ApiPath.ofBlob(r, c.doomedBlob(r))),
                (v, c, r) -> v.repository(r).blobs().delete(c.doomedBlob(r)));
    }

    private void uploads() {
        ApiResource resource = ApiResource.UPLOADS;
        row(
                resource,
                "POST",
                "",
                Right.PUSH,
                202,
                (c, r) -> Route.Call.of(ApiPath.ofUploads(r)),
                (v, c, r) -> cancel(v.repository(r).blobs().startUpload()));
        row(
                resource,
                "POST",
                "at once",
                Right.PUSH,
                201,
                (c, r) -> Route.Call.of(ApiPath.ofUploads(r) + "?digest=" + PUSHED_DIGEST, PUSHED),
                (v, c, r) -> v.repository(r).blobs().push(BlobSource.of(PUSHED)));
        row(
                resource,
                "POST",
                PUBLIC_MOUNT,
                Right.PUSH,
                201,
                (c, r) -> mount(r, Content.digestOnlyIn(Content.PUBLIC), "&from=public/app"),
                (v, c, r) -> v.repository(r)
                        .blobs()
                        .mount(Content.digestOnlyIn(Content.PUBLIC), MountSource.from(Content.PUBLIC)));
        row(
                resource,
                "POST",
                "mount from anywhere of what is public",
                Right.PUSH,
                201,
                (c, r) -> mount(r, Content.digestOnlyIn(Content.PUBLIC), ""),
                (v, c, r) -> v.repository(r).blobs().mount(Content.digestOnlyIn(Content.PUBLIC), MountSource.any()));
        row(
                resource,
                "POST",
                "mount of what is hidden",
                Right.PUSH,
                202,
                (c, r) -> mount(r, Content.digestOnlyIn(SECRET), "&from=secret/app"),
                (v, c, r) -> mountHidden(v.repository(r).blobs(), MountSource.from(SECRET)));
        row(
                resource,
                "POST",
                "mount of what is hidden, from anywhere",
                Right.PUSH,
                202,
                (c, r) -> mount(r, Content.digestOnlyIn(SECRET), ""),
                (v, c, r) -> mountHidden(v.repository(r).blobs(), MountSource.any()));
    }

    private static Route.Call mount(RepositoryName repository, Digest digest, String from) {
        return Route.Call.of(ApiPath.ofUploads(repository) + "?mount=" + digest + from);
    }

    private static void mountHidden(Blobs blobs, MountSource source) {
        if (blobs.mount(Content.digestOnlyIn(SECRET), source).isPresent()) {
            throw new AssertionError("Something hidden was mounted from " + source);
        }
    }

    private static void cancel(BlobUpload upload) {
        try (upload) {
            upload.cancel();
        }
    }

    private void openUploads() {
        ApiResource resource = ApiResource.UPLOAD;
        Route.InProcess resume =
                (v, c, r) -> v.repository(r).blobs().resumeUpload(c.upload(r)).close();
        row(
                resource,
                "GET HEAD",
                "",
                Right.PUSH,
                204,
                (c, r) -> Route.Call.of(ApiPath.ofUpload(r, c.upload(r))),
                resume);
        row(
                resource,
                "PATCH",
                "",
                Right.PUSH,
                202,
                (c, r) -> Route.Call.of(ApiPath.ofUpload(r, c.upload(r)), PUSHED),
                resume);
        row(
                resource,
                "DELETE",
                "",
                Right.PUSH,
                204,
                (c, r) -> Route.Call.of(ApiPath.ofUpload(r, c.upload(r))),
                (v, c, r) -> cancel(v.repository(r).blobs().resumeUpload(c.upload(r))));
        row(
                resource,
                "PUT",
                "",
                Right.PUSH,
                201,
                (c, r) -> Route.Call.of(ApiPath.ofUpload(r, c.upload(r)) + "?digest=" + PUSHED_DIGEST, PUSHED),
                resume);
        row(
                resource,
                "GET HEAD PATCH PUT DELETE",
                "of another repository",
                Right.PUSH,
                404,
                (c, r) -> Route.Call.of(ApiPath.ofUpload(r, c.upload(other(r))) + "?digest=" + PUSHED_DIGEST, PUSHED),
                (v, c, r) ->
                        v.repository(r).blobs().resumeUpload(c.upload(other(r))).close());
    }

    /** Returns a repository whose uploads are nothing to this one. */
    static RepositoryName other(RepositoryName repository) {
        return repository.equals(SECRET) ? Content.TEAM : SECRET;
    }
}
