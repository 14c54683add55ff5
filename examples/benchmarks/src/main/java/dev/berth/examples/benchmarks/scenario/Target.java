package dev.berth.examples.benchmarks.scenario;

import dev.berth.examples.benchmarks.server.Peer;
import dev.berth.examples.benchmarks.server.Server;

/**
 * A server that is measured.
 *
 * @param entries how many tags and repositories it has, where that is what is compared
 */
public record Target(String name, Peer peer, Server server, int entries) {}
