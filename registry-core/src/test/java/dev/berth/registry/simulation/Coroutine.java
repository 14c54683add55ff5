package dev.berth.registry.simulation;

/**
 * Code that stops in its middle, and goes on when it is told to. Either it runs or whoever resumes it, never both, so that a
 * run that consists of coroutines is the same each time.
 */
abstract class Coroutine {
    private final Runnable body;
    private volatile boolean ended;

    Coroutine(Runnable body) {
        this.body = body;
    }

    /** Returns one that has not begun: in the calling thread where the JDK can do that, and in a thread of its own elsewhere. */
    static Coroutine of(Runnable body) {
        return VirtualCoroutine.SUPPORTED ? new VirtualCoroutine(body) : new ThreadCoroutine(body);
    }

    /** Lets the code run until it pauses or ends. */
    abstract void resume();

    /** Called by the code: returns when it is resumed. */
    abstract void pause();

    /** Returns whether the code has come to its end. */
    boolean ended() {
        return ended;
    }

    final void run() {
        try {
            body.run();
        } finally {
            ended = true;
        }
    }
}
