package dev.berth.examples.benchmarks.scenario;

import dev.berth.examples.benchmarks.load.Entries;
import dev.berth.examples.benchmarks.load.Load;
import dev.berth.examples.benchmarks.load.SampleImage;
import dev.berth.examples.benchmarks.load.Wrk;
import dev.berth.examples.benchmarks.result.Facts;
import dev.berth.examples.benchmarks.server.Setting.Place;
import java.util.List;

/** All scenarios but the start of a process and what is inside Berth. */
public final class Stages {
    private static final int FEW = 32;
    private static final int MANY = 256;
    private static final int LARGE = 100_000_000;
    private static final String REQUESTS = "requests/s";
    private static final String IMAGES = "images/s";
    private static final String MEGABYTES = "MB/s";

    private final Wrk wrk;
    private final SampleImage sample;

    /** With what is pulled. */
    public Stages(Wrk wrk, SampleImage sample) {
        this.wrk = wrk;
        this.sample = sample;
    }

    /** In the order in which they are measured. */
    public List<Stage> all(List<Integer> entries) {
        return List.of(
                new Stage("disk", Place.DISK, false, false, List.of(), disk()),
                new Stage("large", Place.DISK, false, true, List.of(), large()),
                new Stage("memory", Place.MEMORY, false, false, List.of(), memory()),
                new Stage("tls", Place.MEMORY, true, false, List.of(), tls()),
                new Stage("listing", Place.MEMORY, false, false, entries, listing()));
    }

    private List<Scenario> disk() {
        return List.of(
                manifest("manifest-1", "reads", "GET manifest by tag, 1 connection", 1),
                manifest("manifest-32", "reads", "GET manifest by tag, 32 connections", FEW),
                manifest("manifest-256", "reads", "GET manifest by tag, 256 connections", MANY),
                small("blob-10k", "reads", "GET blob of 10 KB, 32 connections"),
                large("blob-100m-1", "reads", "GET blob of 100 MB, 1 stream", 1),
                large("blob-100m-4", "reads", "GET blob of 100 MB, 4 streams", 4),
                pushing("push-1", "pushes", "push images, 1 client", 1, true),
                pushing("push-8", "pushes", "push images, 8 clients", 8, true),
                pushing("push-32", "pushes", "push images, 32 clients", 32, true),
                new Mixed(
                        new Facts(
                                "mixed", "mixed", "GET manifest, 32 connections, while 4 clients push", REQUESTS, true),
                        new Facts(
                                "mixed-push",
                                "mixed",
                                "push images, 4 clients, while 32 connections pull",
                                IMAGES,
                                true),
                        wrk,
                        sample.manifestPath()));
    }

    private List<Scenario> large() {
        return List.of(
                largePushing("push-100m-1", "push blobs of 100 MB, 1 client", 1, 4),
                largePushing("push-100m-4", "push blobs of 100 MB, 4 clients", 4, 8));
    }

    private List<Scenario> memory() {
        return List.of(
                pushing("push-memory-1", "pushes-memory", "push images, 1 client", 1, false),
                pushing("push-memory-8", "pushes-memory", "push images, 8 clients", 8, false));
    }

    private List<Scenario> tls() {
        return List.of(
                manifest("tls-manifest-32", "tls", "GET manifest by tag, 32 connections", FEW),
                small("tls-blob-10k", "tls", "GET blob of 10 KB, 32 connections"),
                large("tls-blob-100m-1", "tls", "GET blob of 100 MB, 1 stream", 1));
    }

    private List<Scenario> listing() {
        return List.of(
                new Reading(
                        new Facts("tags", "listing", "page of 100 tags, 32 connections", REQUESTS, true),
                        wrk,
                        FEW,
                        target -> Entries.tagsPath(target.entries()),
                        Load::rate),
                new Reading(
                        new Facts(
                                "repositories", "listing", "page of 100 repositories, 32 connections", REQUESTS, true),
                        wrk,
                        FEW,
                        target -> Entries.repositoriesPath(target.entries()),
                        Load::rate));
    }

    private Scenario manifest(String id, String group, String title, int connections) {
        return new Reading(
                new Facts(id, group, title, REQUESTS, true),
                wrk,
                connections,
                target -> sample.manifestPath(),
                Load::rate);
    }

    private Scenario small(String id, String group, String title) {
        return new Reading(
                new Facts(id, group, title, REQUESTS, true), wrk, FEW, target -> sample.smallPath(), Load::rate);
    }

    private Scenario large(String id, String group, String title, int streams) {
        return new Reading(
                new Facts(id, group, title, MEGABYTES, true),
                wrk,
                streams,
                target -> sample.largePath(),
                Load::megabytes);
    }

    private static Scenario pushing(String id, String group, String title, int clients, boolean durable) {
        return new Pushing(new Facts(id, group, title, IMAGES, true), clients, durable);
    }

    private static Scenario largePushing(String id, String title, int clients, int count) {
        return new LargePushing(new Facts(id, "pushes", title, MEGABYTES, true), clients, LARGE, count);
    }
}
