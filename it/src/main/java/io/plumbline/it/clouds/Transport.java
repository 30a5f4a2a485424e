package io.plumbline.it.clouds;

/// What a layer 4 listener forwards.
public enum Transport {
    TCP,
    UDP
}
