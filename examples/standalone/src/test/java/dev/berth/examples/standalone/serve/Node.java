package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.RegistryHttp;
import dev.berth.examples.standalone.programs.S3Bucket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.function.UnaryOperator;

/** One of several registries over one bucket. It keeps its address when it is restarted. */
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
        return settings.apply(bucket.configure(
                        BerthCommand.of("serve", "--listen", "127.0.0.1:" + port, "--storage", bucket.address())))
                .start();
    }

    BerthProcess process() {
        return process;
    }

    RegistryHttp http() {
        return process.http();
    }

    /** Sends SIGKILL and waits for the exit. */
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
