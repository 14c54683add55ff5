package dev.berth.examples.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * A client that pushes as containerd, BuildKit and ORAS do: for each blob a POST that starts the upload and a PUT with
 * all content, then the manifest by tag. For one thread.
 */
final class Pusher implements AutoCloseable {
    private static final String OCTETS = "Content-Type: application/octet-stream\r\n";
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";

    private final Connection connection;

    Pusher(URI uri) throws IOException {
        connection = new Connection(uri);
    }

    void blob(String repository, Blob blob) throws IOException {
        String location = connection
                .send("POST", "/v2/" + repository + "/blobs/uploads/", "", new byte[0])
                .require(202)
                .header("Location");
        String path = location.startsWith("http") ? location.substring(location.indexOf('/', 8)) : location;
        String separator = path.contains("?") ? "&" : "?";
        connection
                .send("PUT", path + separator + "digest=" + blob.digest(), OCTETS, blob.parts())
                .require(201);
    }

    /** Pushes an image: its blobs, then its manifest by tag. */
    void image(String repository, String tag, Image image) throws IOException {
        for (Blob blob : image.blobs()) {
            blob(repository, blob);
        }
        manifest(repository, tag, Image.MANIFEST, image.manifest());
    }

    /** Pushes an index without images, which needs no blob: the cheapest way to a tag or a repository. */
    void emptyIndex(String repository, String tag) throws IOException {
        String index = "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[]}".formatted(INDEX);
        manifest(repository, tag, INDEX, index.getBytes(StandardCharsets.UTF_8));
    }

    byte[] get(String path) throws IOException {
        return connection
                .send("GET", path, "Accept: " + Image.MANIFEST + "\r\n")
                .require(200)
                .body();
    }

    private void manifest(String repository, String tag, String type, byte[] manifest) throws IOException {
        connection
                .send("PUT", "/v2/" + repository + "/manifests/" + tag, "Content-Type: " + type + "\r\n", manifest)
                .require(201);
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
