package dev.berth.examples.benchmarks;

import dev.berth.examples.benchmarks.server.BerthPeer;
import dev.berth.examples.benchmarks.server.DockerRegistryPeer;
import dev.berth.examples.benchmarks.server.NginxPeer;
import dev.berth.examples.benchmarks.server.Peer;
import dev.berth.examples.benchmarks.server.Program;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Who takes part: Berth first, then what the machine has, then what the command line names. */
final class Peers {
    private static final String SCRIPT = "bin/berth";

    private final Options options;

    Peers(Options options) {
        this.options = options;
    }

    List<Peer> all() {
        List<Peer> peers = new ArrayList<>();
        Path berth = options.berth().orElseGet(Peers::built);
        if (!Files.isRegularFile(berth)) {
            throw new IllegalArgumentException("There is no " + berth + ": build it, or name one with --berth");
        }
        peers.add(new BerthPeer("berth", berth, options.heap()));
        options.before().ifPresent(jar -> peers.add(new BerthPeer("berth-before", jar, options.heap())));
        Program.find("docker-registry").ifPresent(program -> peers.add(new DockerRegistryPeer(program)));
        peers.addAll(options.others());
        Program.find("nginx").ifPresent(program -> peers.add(new NginxPeer(program)));
        return peers;
    }

    /** Who starts: all, and Berth from its jar as well. */
    List<Peer> starting() {
        List<Peer> peers = new ArrayList<>(all());
        Path jar = built("berth.jar");
        if (options.berth().isEmpty() && Files.isExecutable(built(SCRIPT))) {
            peers.add(1, new BerthPeer("berth (java -jar)", jar, options.heap()));
        }
        return peers;
    }

    /** What is started if nothing else is named: the script, where the build makes it. */
    private static Path built() {
        Path script = built(SCRIPT);
        return Files.isExecutable(script) ? script : built("berth.jar");
    }

    /** A file of the same build as this program. */
    private static Path built(String name) {
        try {
            Path self = Path.of(Peers.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return self.resolve("../../../standalone/target").normalize().resolve(name);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
