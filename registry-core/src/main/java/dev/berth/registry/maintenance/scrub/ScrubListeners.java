package dev.berth.registry.maintenance.scrub;

import java.util.List;

/** Tells several listeners, in their order. */
record ScrubListeners(List<ScrubListener> listeners) implements ScrubListener {
    ScrubListeners {
        listeners = List.copyOf(listeners);
    }

    @Override
    public void onFinding(ScrubFinding finding) {
        listeners.forEach(listener -> listener.onFinding(finding));
    }

    @Override
    public void onProgress(ScrubReport soFar) {
        listeners.forEach(listener -> listener.onProgress(soFar));
    }

    @Override
    public void onEnd() {
        listeners.forEach(ScrubListener::onEnd);
    }
}
