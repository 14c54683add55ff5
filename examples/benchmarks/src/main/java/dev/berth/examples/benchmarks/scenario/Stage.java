package dev.berth.examples.benchmarks.scenario;

import dev.berth.examples.benchmarks.server.Setting;
import java.util.List;

/**
 * Scenarios that are measured with the same servers.
 *
 * @param place where the servers store
 * @param tls whether they serve HTTPS
 * @param afresh whether they are started anew, with empty directories, in each round
 * @param entries how many tags and repositories to push before: one server of each program for each number; empty for
 *     one server of each program, with the sample image
 */
public record Stage(
        String name,
        Setting.Place place,
        boolean tls,
        boolean afresh,
        List<Integer> entries,
        List<Scenario> scenarios) {

    /** The same with other scenarios. */
    public Stage with(List<Scenario> others) {
        return new Stage(name, place, tls, afresh, entries, others);
    }
}
