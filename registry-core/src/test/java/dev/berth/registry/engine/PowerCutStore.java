package dev.berth.registry.engine;

import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ForwardingObjectStore;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A store in memory whose system can crash: what need not be durable is lost then, or is as it was before. */
final class PowerCutStore extends ForwardingObjectStore {
    /** What a crash makes of a transient object. */
    enum Transient {
        /** It is as it was last written. */
        KEPT,
        /** It is as it was first written, and not deleted. */
        FIRST,
        /** It is gone. */
        LOST
    }

    private final Map<ObjectKey, byte[]> first = new LinkedHashMap<>();
    private final Set<ObjectKey> staged = new LinkedHashSet<>();
    private int crashes;

    PowerCutStore() {
        super(MemoryObjectStore.create());
    }

    @Override
    public Optional<ObjectVersion> putTransient(ObjectKey key, byte[] content, PutCondition condition)
            throws IOException {
        Optional<ObjectVersion> version = super.putTransient(key, content, condition);
        if (version.isPresent()) {
            first.putIfAbsent(key, content.clone());
        }
        return version;
    }

    @Override
    public ObjectUpload startUpload(ObjectKey staging) throws IOException {
        staged.add(staging);
        return super.startUpload(staging);
    }

    @Override
    public String transientEpoch() {
        return "boot " + crashes;
    }

    /** The system crashes, and is started again. What was staged is gone. */
    void crash(Transient what) throws IOException {
        crashes++;
        for (ObjectKey staging : staged) {
            Optional<ObjectUpload> upload = resumeUpload(staging);
            if (upload.isPresent()) {
                upload.get().abort();
            }
        }
        for (Map.Entry<ObjectKey, byte[]> object : first.entrySet()) {
            if (what == Transient.LOST) {
                delete(object.getKey());
            } else if (what == Transient.FIRST) {
                put(object.getKey(), object.getValue(), PutCondition.always());
            }
        }
    }
}
