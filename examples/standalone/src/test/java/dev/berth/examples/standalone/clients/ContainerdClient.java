package dev.berth.examples.standalone.clients;

import dev.berth.examples.standalone.programs.ChildProcess.Outcome;
import dev.berth.examples.standalone.programs.DockerEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** containerd by its command ctr, which asks for tokens by POST. It keeps no credentials: each command has them. */
final class ContainerdClient implements Client {
    private final ContainerTool ctr;
    private final String image;
    private String user = "";

    private ContainerdClient(ContainerTool ctr, String image) {
        this.ctr = ctr;
        this.image = image;
    }

    /** Returns a client of the containerd that an engine has. */
    static ContainerdClient of(DockerEngine engine, Path directory) throws IOException, InterruptedException {
        ContainerTool ctr = new ContainerTool(
                Map.of(), "ctr", "--address", engine.containerd().toString());
        // Another one for each client, since all share containerd.
        String image = "local/image:" + UUID.randomUUID();
        try (TeamRegistry open = new TeamRegistry(Credential.PASSWORD, directory)) {
            String tool = open.host() + "/" + TeamRegistry.PUBLIC + ":1";
            ctr.run("images", "pull", "--plain-http", "--snapshotter", "native", tool)
                    .successful();
            ctr.run("images", "tag", tool, image).successful();
        }
        return new ContainerdClient(ctr, image);
    }

    /** There is no login, so a pull tells whether the password is right. */
    @Override
    public Outcome login(String host, String name, String password) throws IOException, InterruptedException {
        user = name + ":" + password;
        return pull(host + "/" + TeamRegistry.TEAM + ":1");
    }

    @Override
    public Outcome logout(String host) throws IOException, InterruptedException {
        user = "";
        return ctr.run("version");
    }

    @Override
    public Outcome pull(String name) throws IOException, InterruptedException {
        Outcome outcome = run("pull", "--snapshotter", "native", name);
        ctr.run("images", "rm", "--sync", name);
        return outcome;
    }

    @Override
    public Outcome push(String name) throws IOException, InterruptedException {
        return run("push", name, image);
    }

    private Outcome run(String command, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("images", command, "--plain-http"));
        if (!user.isEmpty()) {
            all.addAll(List.of("--user", user));
        }
        all.addAll(List.of(arguments));
        return ctr.run(all.toArray(String[]::new));
    }
}
