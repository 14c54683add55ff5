package dev.berth.examples.benchmarks.scenario;

import dev.berth.examples.benchmarks.server.Peer;
import dev.berth.examples.benchmarks.server.Setting.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How to measure.
 *
 * @param peers the programs, Berth first
 * @param rounds how often everything is measured
 * @param time how long a measurement takes
 * @param warmUp how long each scenario runs before the first round
 * @param disk a directory on a disk
 * @param memory a directory in memory
 */
public record Plan(List<Peer> peers, int rounds, Duration time, Duration warmUp, Path disk, Path memory) {
    Path directory(Place place) {
        return place == Place.DISK ? disk : memory;
    }
}
