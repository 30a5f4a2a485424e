package io.plumbline.it.clouds;

import java.net.Socket;
import java.nio.ByteBuffer;

/// The header by which a balancer tells a backend who the client is
/// (https://www.haproxy.org/download/2.9/doc/proxy-protocol.txt, section 2.2).
final class ProxyProtocol {
    private static final byte[] SIGNATURE = {13, 10, 13, 10, 0, 13, 10, 81, 85, 73, 84, 10};
    private static final byte VERSION_2_PROXY = 0x21;
    private static final byte TCP_OVER_IPV4 = 0x11;
    private static final short ADDRESSES = 12;

    private ProxyProtocol() {}

    /// The header of version 2 for a client's connection over IPv4.
    static byte[] header(Socket client) {
        return ByteBuffer.allocate(SIGNATURE.length + 4 + ADDRESSES)
                .put(SIGNATURE)
                .put(VERSION_2_PROXY)
                .put(TCP_OVER_IPV4)
                .putShort(ADDRESSES)
                .put(client.getInetAddress().getAddress())
                .put(client.getLocalAddress().getAddress())
                .putShort((short) client.getPort())
                .putShort((short) client.getLocalPort())
                .array();
    }
}
