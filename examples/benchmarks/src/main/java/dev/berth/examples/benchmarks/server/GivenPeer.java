package dev.berth.examples.benchmarks.server;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** A registry that runs already, at an address of this machine. */
final class GivenPeer implements Peer {
    private final String name;
    private final boolean durable;
    private final URI uri;
    private final Optional<Long> pid;

    GivenPeer(String name, boolean durable, URI uri, Optional<Long> pid) {
        this.name = name;
        this.durable = durable;
        this.uri = uri;
        this.pid = pid;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean durable() {
        return durable;
    }

    /** Where it stores is not known: a durable one is taken to store on a disk, another one in memory as well. */
    @Override
    public boolean suits(Setting setting) {
        boolean sameScheme = uri.getScheme().equals(setting.scheme());
        return sameScheme && (setting.place() == Setting.Place.DISK || !durable);
    }

    @Override
    public Server start(Setting setting) {
        return new Server(uri, pid.map(ServerProcess::of), Optional.empty(), Duration.ZERO);
    }
}
