package dev.berth.registry.servlet;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.storage.fs.FileObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/** A program that pushes a blob through a container and pulls it back: {@code tomcat|jetty BYTES DIRECTORY}. */
final class LargeBlob {
    private LargeBlob() {}

    public static void main(String[] arguments) throws Exception {
        long size = Long.parseLong(arguments[1]);
        Container.Kind kind = arguments[0].equals("tomcat") ? RunningTomcat::start : RunningJetty::start;
        try (FileObjectStore store = FileObjectStore.open(Path.of(arguments[2]));
                StorageRegistry registry = StorageRegistry.over(store);
                Container container = kind.start(
                        "",
                        new RegistryServlet(
                                RegistryServer.builder(registry).build().handler()))) {
            URI base = URI.create("http://127.0.0.1:" + container.port());
            HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            Digest digest;
            try (InputStream content = new Zeros(size)) {
                digest = Digest.of(DigestAlgorithm.SHA256, digest(content));
            }
            URI push = base.resolve("/v2/a/blobs/uploads/?digest=" + digest);
            HttpResponse<Void> pushed = client.send(
                    HttpRequest.newBuilder(push)
                            .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new Zeros(size)))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            HttpResponse<InputStream> pulled = client.send(
                    HttpRequest.newBuilder(base.resolve("/v2/a/blobs/" + digest))
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream content = pulled.body()) {
                System.out.print(pushed.statusCode() + " " + pulled.statusCode() + " "
                        + digest(content).equals(digest.hex()));
            }
        }
    }

    private static String digest(InputStream content) throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        byte[] buffer = new byte[64 * 1024];
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            sha256.update(buffer, 0, read);
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static final class Zeros extends InputStream {
        private long left;

        Zeros(long size) {
            this.left = size;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left <= 0) {
                return -1;
            }
            int count = (int) Math.min(length, left);
            java.util.Arrays.fill(target, offset, offset + count, (byte) 0);
            left -= count;
            return count;
        }
    }
}
