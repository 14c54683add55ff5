package dev.berth.registry.simulation;

/** An actor that collects. */
final class Collecting implements Runnable {
    private final Run run;
    private final int passes;

    Collecting(Run run, int passes) {
        this.run = run;
        this.passes = passes;
    }

    @Override
    public void run() {
    }

    static void complete(Run run, Life life, boolean everything) {
    }
}
