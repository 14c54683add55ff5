package dev.berth.examples.benchmarks.server;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Any registry that a command starts, with {port} and {dir} in it. */
final class CommandPeer implements Peer {
    private final String name;
    private final boolean durable;
    private final String command;

    CommandPeer(String name, boolean durable, String command) {
        this.name = name;
        this.durable = durable;
        this.command = command;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean durable() {
        return durable;
    }

    @Override
    public boolean suits(Setting setting) {
        return setting.tls().isEmpty();
    }

    @Override
    public Server start(Setting setting) throws IOException, InterruptedException {
        int port = ServerProcess.freePort();
        List<String> words = Arrays.stream(command.strip().split("\\s+"))
                .map(word -> word.replace("{port}", Integer.toString(port))
                        .replace("{dir}", setting.directory().toString()))
                .toList();
        return ServerProcess.start(words, Map.of(), setting.address(port), setting);
    }
}
