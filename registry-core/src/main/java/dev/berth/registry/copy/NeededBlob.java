package dev.berth.registry.copy;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;

/**
 * A blob that a copy needs at the target.
 *
 * @param descriptor as the first manifest that refers to it has it
 * @param optional whether all manifests that refer to it do without it: it is elsewhere
 */
record NeededBlob(Descriptor descriptor, boolean optional) {

    Digest digest() {
        return descriptor.digest();
    }

    long size() {
        return descriptor.size();
    }

    NeededBlob or(NeededBlob other) {
        return optional && !other.optional ? other : this;
    }
}
