package dev.berth.registry.console.content;

import dev.berth.registry.server.ResponseBody;
import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;

/** A file of a layer, on its way to be saved. */
record FileBody(LayerFiles layers, FilesView view, LayerEntry file) implements ResponseBody {

    @Override
    public OptionalLong length() {
        return OptionalLong.of(file.size());
    }

    @Override
    public void writeTo(OutputStream output) throws IOException {
        layers.copy(view.repository(), view.layer(), file.number(), output);
    }
}
