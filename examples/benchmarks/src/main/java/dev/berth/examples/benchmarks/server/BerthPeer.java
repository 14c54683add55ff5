package dev.berth.examples.benchmarks.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Berth: berth.jar, or the script bin/berth beside it. */
public final class BerthPeer implements Peer {
    private final String name;
    private final Path program;
    private final String heap;

    /**
     * @param program a jar or a script
     * @param heap the most heap, as -Xmx takes it
     */
    public BerthPeer(String name, Path program, String heap) {
        this.name = name;
        this.program = program;
        this.heap = heap;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean durable() {
        return true;
    }

    @Override
    public Server start(Setting setting) throws IOException, InterruptedException {
        int port = ServerProcess.freePort();
        Map<String, String> environment = new HashMap<>();
        environment.put("REGISTRY_LOG_ACCESSLOG_DISABLED", "true");
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        setting.tls().ifPresent(tls -> {
            environment.put("REGISTRY_HTTP_TLS_CERTIFICATE", tls.certificate().toString());
            environment.put("REGISTRY_HTTP_TLS_KEY", tls.key().toString());
        });
        List<String> command = new ArrayList<>();
        if (program.toString().endsWith(".jar")) {
            command.addAll(
                    List.of(System.getProperty("java.home") + "/bin/java", "-Xmx" + heap, "-jar", program.toString()));
        } else {
            environment.put("JAVA_OPTS", "-Xmx" + heap);
            command.add(program.toString());
        }
        command.addAll(List.of("serve", "--storage", setting.directory().toString(), "--listen", "127.0.0.1:" + port));
        return ServerProcess.start(command, environment, setting.address(port), setting);
    }
}
