package dev.berth.examples.benchmarks.result;

/** A part of the report, with a plot of its own. */
enum Group {
    READS("reads", "Pulls"),
    TLS("tls", "Pulls over TLS"),
    PUSHES("pushes", "Pushes, durable, to a disk"),
    MEMORY("pushes-memory", "Pushes to memory"),
    MIXED("mixed", "Pulls and pushes at the same time"),
    LISTING("listing", "Listings"),
    PROCESS("process", "Start and memory"),
    INSIDE("inside", "Inside");

    private final String id;
    private final String title;

    Group(String id, String title) {
        this.id = id;
        this.title = title;
    }

    String id() {
        return id;
    }

    String title() {
        return title;
    }
}
