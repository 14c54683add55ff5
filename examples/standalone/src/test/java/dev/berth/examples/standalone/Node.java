package dev.berth.examples.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.function.UnaryOperator;

/** One of several registries over one bucket: has the same address after it was started again. */
final class Node implements AutoCloseable {
    private final S3Bucket bucket;
    private final UnaryOperator<BerthCommand> settings;
    private final int port;
    private BerthProcess process;

    private Node(S3Bucket bucket, UnaryOperator<BerthCommand> settings, int port)
            throws IOException, InterruptedException {
        this.bucket = bucket;
        this.settings = settings;
        this.port = port;
        this.process = launch();
    }

    static Node start(S3Bucket bucket) throws IOException, InterruptedException {
        return start(bucket, command -> command);
    }

    static Node start(S3Bucket bucket, UnaryOperator<BerthCommand> settings) throws IOException, InterruptedException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = free.getLocalPort();
            free.close();
            return new Node(bucket, settings, port);
        }
    }

    private BerthProcess launch() throws IOException, InterruptedException {
        return settings.apply(bucket.authorise(
                        BerthCommand.of("serve", "--listen", "127.0.0.1:" + port, "--storage", bucket.address())))
                .start();
    }

    BerthProcess process() {
        return process;
    }

    RegistryHttp http() {
        return process.http();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.kill();
        process.awaitExit();
    }

    void startAgain() throws IOException, InterruptedException {
        process = launch();
    }

    @Override
    public void close() {
        process.close();
    }
}
