package dev.berth.registry.engine;

/** Does something at one step of a {@link SteppedStore}. */
final class ActAtStep implements SteppedStore.Steps {
    private final int actAt;
    private final Runnable act;
    private int steps;
    private boolean acted;

    ActAtStep(int actAt, Runnable act) {
        this.actAt = actAt;
        this.act = act;
    }

    /** Returns whether the step was reached. */
    boolean acted() {
        return acted;
    }

    @Override
    public void step() {
        if (steps++ == actAt) {
            acted = true;
            act.run();
        }
    }
}
