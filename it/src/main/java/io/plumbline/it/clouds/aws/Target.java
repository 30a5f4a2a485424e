package io.plumbline.it.clouds.aws;

/// One registration of a target with a group. The same target registered again is another registration.
///
/// @param id an instance's id or an address, as it was registered
/// @param address its private address, also for an instance
/// @param zone empty, or the zone as it was registered
record Target(long registration, String id, String address, int port, String zone) {
    /// `<id>:<port>`
    String key() {
        return id + ":" + port;
    }

    /// `<address>:<port>`, an IPv6 address in brackets.
    String name() {
        return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
    }
}
