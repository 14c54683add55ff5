package dev.berth.registry.internal.event;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.Descriptor;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.event.EventType;
import dev.berth.registry.event.RegistryEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * What Docker Hub sends when somebody pushes a tag. It knows nothing else, and has one tag in a body: a push with several
 * is several bodies. Fields of Docker Hub's that mean nothing here are there, and empty, since receivers may expect them.
 * There is no {@code callback_url} to call.
 */
final class DockerHubPush implements EventFormat {
    private static final String CONTENT_TYPE = "application/json";

    @Override
    public List<EventBody> bodies(List<RegistryEvent> events) {
        List<EventBody> bodies = new ArrayList<>();
        for (RegistryEvent event : events) {
            if (event.type().equals(EventType.MANIFEST_PUSHED) || event.type().equals(EventType.TAG_SET)) {
                event.tags().forEach(tag -> bodies.add(EventBody.of(CONTENT_TYPE, push(event, tag))));
            }
        }
        return bodies;
    }

    private static ObjectNode push(RegistryEvent event, Tag tag) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("callback_url", "");
        ObjectNode data = body.putObject("push_data");
        data.put("pushed_at", event.when().getEpochSecond());
        data.put("pusher", WellFormed.text(event.actor()));
        data.put("tag", tag.value());
        data.put("media_type", event.descriptor().map(Descriptor::mediaType).orElse(""));
        data.putArray("images");
        body.set("repository", repository(event));
        return body;
    }

    private static ObjectNode repository(RegistryEvent event) {
        RepositoryName name = event.repository();
        int slash = name.value().lastIndexOf('/');
        String namespace = slash < 0 ? "" : name.value().substring(0, slash);
        ObjectNode repository = JsonNodeFactory.instance.objectNode();
        repository.put("repo_name", name.value());
        repository.put("name", name.value().substring(slash + 1));
        repository.put("namespace", namespace);
        repository.put("owner", namespace);
        repository.put(
                "repo_url",
                ContentUrl.registry(event.context())
                        .map(registry -> registry + "/v2/" + name)
                        .orElse(""));
        repository.put("description", "");
        repository.put("full_description", "");
        repository.put("dockerfile", "");
        repository.put("comment_count", 0);
        repository.put("star_count", 0);
        repository.put("is_official", false);
        repository.put("is_private", true);
        repository.put("is_trusted", false);
        repository.put("status", "Active");
        return repository;
    }
}
