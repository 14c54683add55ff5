package dev.berth.examples.standalone.container;

import dev.berth.examples.standalone.programs.ChildProcess;
import dev.berth.examples.standalone.programs.DockerEngine;
import dev.berth.examples.standalone.programs.RegistryHttp;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A container of the image, which closing removes. */
final class Container implements AutoCloseable {
    private static final String ANY_PORT = "127.0.0.1::";

    private final DockerEngine engine;
    private final String id;
    private final int port;
    private int starts = 1;

    private Container(DockerEngine engine, String id, int port) {
        this.engine = engine;
        this.id = id;
        this.port = port;
    }

    /**
     * Runs the image, and waits until it answers.
     *
     * @param port the port in the container
     * @param options what stands before the name of the image, and that, and what stands behind it
     */
    static Container run(DockerEngine engine, int port, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("run", "--detach", "--publish", ANY_PORT + port));
        command.addAll(List.of(options));
        Container container = new Container(engine, engine.docker(command.toArray(String[]::new)), port);
        try {
            container.awaitReady();
            return container;
        } catch (AssertionError e) {
            container.close();
            throw e;
        }
    }

    /** Waits until there is an answer. A proxy of the engine listens at the port before the registry does. */
    private void awaitReady() throws IOException, InterruptedException {
        long end = System.nanoTime() + ChildProcess.TIMEOUT.toNanos();
        while (System.nanoTime() - end < 0) {
            if (!engine.docker("inspect", "--format", "{{.State.Running}}", id).equals("true")) {
                throw new AssertionError("The container has ended:\n" + log());
            }
            if (engine.tryDocker("logs", id).out().split("Berth listens on", -1).length > starts) {
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("The container does not listen:\n" + log());
    }

    String hostAndPort() throws IOException, InterruptedException {
        return engine.docker("port", id, port + "/tcp").lines().findFirst().orElseThrow();
    }

    RegistryHttp http() throws IOException, InterruptedException {
        return new RegistryHttp(URI.create("http://" + hostAndPort()));
    }

    /** Returns all that the registry has printed. */
    String log() throws IOException, InterruptedException {
        ChildProcess.Outcome logs = engine.tryDocker("logs", id);
        return logs.out() + logs.err();
    }

    ChildProcess.Outcome exec(String... command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("exec", id));
        all.addAll(List.of(command));
        return engine.tryDocker(all.toArray(String[]::new));
    }

    /** Stops it as {@code docker stop} does, and returns its exit code: 137 if the engine had to kill it. */
    int stop() throws IOException, InterruptedException {
        engine.docker("stop", "--time", "60", id);
        return Integer.parseInt(engine.docker("inspect", "--format", "{{.State.ExitCode}}", id));
    }

    void startAgain() throws IOException, InterruptedException {
        engine.docker("start", id);
        starts++;
        awaitReady();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        engine.docker("rm", "--force", "--volumes", id);
    }
}
