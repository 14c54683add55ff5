package dev.berth.registry.internal.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.MediaTypes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** The same pushes, pulls, mounts and deletions for any registry. The user agent of a request is the name of its step. */
final class PushScript {
    static final byte[] CONFIG = bytes("{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{}}");
    static final byte[] LAYER = bytes("a layer");
    static final String LAST = "the last step";

    private static final String IMAGE = """
            {"schemaVersion":2,"mediaType":"%s","config":{"mediaType":"%s","digest":"%s","size":%d},\
            "layers":[{"mediaType":"%s","digest":"%s","size":%d}]%s}""";

    private static final String INDEX = """
            {"schemaVersion":2,"mediaType":"%s","manifests":[{"mediaType":"%s","digest":"%s","size":%d,\
            "platform":{"os":"linux","architecture":"amd64"}}]}""";

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI registry;
    private final String authorization;

    PushScript(URI registry, String user) {
        this.registry = registry;
        this.authorization = "Basic " + Base64.getEncoder().encodeToString(bytes(user));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] image(String type, String configType, String layerType, String more) {
        return bytes(IMAGE.formatted(
                type,
                configType,
                Digest.sha256(CONFIG),
                CONFIG.length,
                layerType,
                Digest.sha256(LAYER),
                LAYER.length,
                more));
    }

    static byte[] ociImage(String more) {
        return image(MediaTypes.OCI_MANIFEST, MediaTypes.OCI_CONFIG, MediaTypes.OCI_LAYER_TAR_GZIP, more);
    }

    static byte[] index(String type, String childType, byte[] child) {
        return bytes(INDEX.formatted(type, childType, Digest.sha256(child), child.length));
    }

    /** Does everything, in one order. */
    void run() throws IOException, InterruptedException {
        pushBlobs();
        pushManifests();
        pull();
        mount();
        delete();
        pushInOnePut(LAST, "end/end", bytes("the end"));
    }

    private void pushBlobs() throws IOException, InterruptedException {
        pushInOnePut("push a blob by a PUT with a body", "team/app", CONFIG);
        pushInChunks("push a blob in chunks", "team/app", LAYER, 3);
        pushInOnePut("push an empty blob by a PUT", "team/app", new byte[0]);
        pushInOnePut("push a blob again", "team/app", LAYER);
        expect(
                -1,
                send(
                        "push a blob by a POST",
                        "POST",
                        "/v2/team/app/blobs/uploads/?digest=" + Digest.sha256(bytes("posted")),
                        bytes("posted"),
                        MediaTypes.OCTET_STREAM));
    }

    private void pushManifests() throws IOException, InterruptedException {
        byte[] image = ociImage("");
        putManifest("push an image by a tag", "1.0", MediaTypes.OCI_MANIFEST, image);
        putManifest("push an image again by another tag", "2.0", MediaTypes.OCI_MANIFEST, image);
        putManifest("push an image by its digest", digest(image), MediaTypes.OCI_MANIFEST, image);
        putManifest(
                "push an index",
                "index",
                MediaTypes.OCI_INDEX,
                index(MediaTypes.OCI_INDEX, MediaTypes.OCI_MANIFEST, image));
        putManifest("push a referrer by its digest", digest(referrer()), MediaTypes.OCI_MANIFEST, referrer());
        byte[] docker = image(MediaTypes.DOCKER_MANIFEST, MediaTypes.DOCKER_CONFIG, MediaTypes.DOCKER_LAYER, "");
        putManifest("push an image of Docker's", "docker", MediaTypes.DOCKER_MANIFEST, docker);
        putManifest(
                "push a list of Docker's",
                "list",
                MediaTypes.DOCKER_MANIFEST_LIST,
                index(MediaTypes.DOCKER_MANIFEST_LIST, MediaTypes.DOCKER_MANIFEST, docker));
    }

    private static byte[] referrer() {
        byte[] image = ociImage("");
        return ociImage(",\"artifactType\":\"application/vnd.example.signature\",\"subject\":{\"mediaType\":\""
                + MediaTypes.OCI_MANIFEST + "\",\"digest\":\"" + digest(image) + "\",\"size\":" + image.length + "}");
    }

    private void pull() throws IOException, InterruptedException {
        String image = digest(ociImage(""));
        get("pull an image by its tag", "/v2/team/app/manifests/1.0");
        get("pull an image by its digest", "/v2/team/app/manifests/" + image);
        get("pull an index", "/v2/team/app/manifests/index");
        get("pull a referrer", "/v2/team/app/manifests/" + digest(referrer()));
        get("pull a blob", "/v2/team/app/blobs/" + digest(LAYER));
        get("pull an empty blob", "/v2/team/app/blobs/" + digest(new byte[0]));
        head("look for a tag", "/v2/team/app/manifests/1.0");
        head("look for an image", "/v2/team/app/manifests/" + image);
        head("look for a blob", "/v2/team/app/blobs/" + digest(LAYER));
        expect(
                206,
                send(builder("pull a range of a blob", "/v2/team/app/blobs/" + digest(LAYER))
                        .header("Range", "bytes=1-2")));
        expect(
                304,
                send(builder("pull a blob that the client has", "/v2/team/app/blobs/" + digest(LAYER))
                        .header("If-None-Match", '"' + digest(LAYER) + '"')));
        expect(
                304,
                send(builder("pull an image that the client has", "/v2/team/app/manifests/1.0")
                        .header("If-None-Match", '"' + image + '"')));
        expect(404, send(builder("pull what is not there", "/v2/team/app/manifests/none")));
        get("list tags", "/v2/team/app/tags/list");
    }

    private void mount() throws IOException, InterruptedException {
        String mount = "/v2/team/other/blobs/uploads/?mount=";
        expect(201, post("mount a blob", mount + digest(LAYER) + "&from=team/app"));
        expect(202, post("mount a blob that is not there", mount + digest(bytes("none")) + "&from=team/app"));
    }

    private void delete() throws IOException, InterruptedException {
        byte[] docker = image(MediaTypes.DOCKER_MANIFEST, MediaTypes.DOCKER_CONFIG, MediaTypes.DOCKER_LAYER, "");
        expect(-1, delete("delete a tag", "/v2/team/app/manifests/index"));
        expect(202, delete("delete an image with its tags", "/v2/team/app/manifests/" + digest(ociImage(""))));
        expect(404, delete("delete an image again", "/v2/team/app/manifests/" + digest(ociImage(""))));
        expect(202, delete("delete a referrer", "/v2/team/app/manifests/" + digest(referrer())));
        expect(202, delete("delete an image with one tag", "/v2/team/app/manifests/" + digest(docker)));
        expect(202, delete("delete a blob", "/v2/team/other/blobs/" + digest(LAYER)));
    }

    private static String digest(byte[] content) {
        return Digest.sha256(content).toString();
    }

    private void pushInOnePut(String step, String repository, byte[] content) throws IOException, InterruptedException {
        URI upload = location(post(step, "/v2/" + repository + "/blobs/uploads/"));
        expect(201, send(step, "PUT", closing(upload, content), content, MediaTypes.OCTET_STREAM));
    }

    private void pushInChunks(String step, String repository, byte[] content, int first)
            throws IOException, InterruptedException {
        URI upload = location(post(step, "/v2/" + repository + "/blobs/uploads/"));
        byte[] chunk = Arrays.copyOf(content, first);
        upload = location(send(step, "PATCH", upload.toString(), chunk, MediaTypes.OCTET_STREAM));
        chunk = Arrays.copyOfRange(content, first, content.length);
        upload = location(send(step, "PATCH", upload.toString(), chunk, MediaTypes.OCTET_STREAM));
        expect(201, send(step, "PUT", closing(upload, content), new byte[0], MediaTypes.OCTET_STREAM));
    }

    private static String closing(URI upload, byte[] content) {
        return upload + (upload.getRawQuery() == null ? "?" : "&") + "digest=" + digest(content);
    }

    private URI location(HttpResponse<byte[]> response) {
        expect(202, response);
        return registry.resolve(response.headers().firstValue("Location").orElseThrow());
    }

    private void putManifest(String step, String reference, String type, byte[] manifest)
            throws IOException, InterruptedException {
        expect(201, send(step, "PUT", "/v2/team/app/manifests/" + reference, manifest, type));
    }

    private void get(String step, String path) throws IOException, InterruptedException {
        expect(200, send(builder(step, path)));
    }

    private void head(String step, String path) throws IOException, InterruptedException {
        expect(200, send(builder(step, path).method("HEAD", BodyPublishers.noBody())));
    }

    private HttpResponse<byte[]> delete(String step, String path) throws IOException, InterruptedException {
        return send(builder(step, path).DELETE());
    }

    private HttpResponse<byte[]> post(String step, String path) throws IOException, InterruptedException {
        return send(builder(step, path).POST(BodyPublishers.noBody()));
    }

    private HttpResponse<byte[]> send(String step, String method, String path, byte[] body, String type)
            throws IOException, InterruptedException {
        BodyPublisher publisher = body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
        return send(builder(step, path).method(method, publisher).header("Content-Type", type));
    }

    private HttpRequest.Builder builder(String step, String path) {
        return HttpRequest.newBuilder(registry.resolve(path))
                .header("Authorization", authorization)
                .header("Accept", MediaTypes.OCI_MANIFEST)
                .header("Accept", MediaTypes.OCI_INDEX)
                .header("User-Agent", step);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    /** Checks a status, unless registries differ in it: then it is negative. */
    private static void expect(int status, HttpResponse<byte[]> response) {
        if (status > 0) {
            assertThat(response.statusCode())
                    .as("%s %s", response.request().method(), response.uri())
                    .isEqualTo(status);
        }
    }
}
