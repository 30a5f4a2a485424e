package io.plumbline.it.clouds.aliyun;

/// One registration of a backend server in a group. The same server registered again is another registration.
final class Backend {
    final long registration;
    final Server server;
    int weight;
    String description;

    Backend(long registration, Server server, int weight, String description) {
        this.registration = registration;
        this.server = server;
        this.weight = weight;
        this.description = description;
    }

    /// What makes a backend server of a group the same one.
    ///
    /// @param type `ecs` or `eni`
    /// @param ip its address in the VPC, also for an instance
    record Server(String id, String type, String ip, int port) {
        /// `<address>:<port>`
        String name() {
            return ip + ":" + port;
        }
    }
}
