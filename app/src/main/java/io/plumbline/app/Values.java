package io.plumbline.app;

import io.plumbline.controller.plan.Mode;
import java.net.InetSocketAddress;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// How the values of options are read. What is wrong is told in words, and names what would be right.
final class Values {
    private Values() {}

    /// How Pods are found to have an address of their own in the cloud's network.
    enum PodNetwork {
        SIGNS,
        VPC
    }

    /// How a plan is printed.
    enum Output {
        TEXT,
        JSON
    }

    /// The providers that there are, for the help.
    static final class ProviderNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Providers.NAMES.iterator();
        }
    }

    static final class ModeValue implements ITypeConverter<Mode> {
        @Override
        public Mode convert(String value) {
            return switch (value) {
                case "sync" -> Mode.SYNC;
                case "upsert-only" -> Mode.UPSERT_ONLY;
                case "observe" -> Mode.OBSERVE;
                default -> throw wrong("sync, upsert-only or observe", value);
            };
        }
    }

    static final class PodNetworkValue implements ITypeConverter<PodNetwork> {
        @Override
        public PodNetwork convert(String value) {
            return switch (value) {
                case "signs" -> PodNetwork.SIGNS;
                case "vpc" -> PodNetwork.VPC;
                default -> throw wrong("signs or vpc", value);
            };
        }
    }

    static final class OutputValue implements ITypeConverter<Output> {
        @Override
        public Output convert(String value) {
            return switch (value) {
                case "text" -> Output.TEXT;
                case "json" -> Output.JSON;
                default -> throw wrong("text or json", value);
            };
        }
    }

    /// `HOST:PORT`; an IPv6 host is written in brackets.
    static final class AddressValue implements ITypeConverter<InetSocketAddress> {
        @Override
        public InetSocketAddress convert(String value) {
            int colon = value.lastIndexOf(':');
            try {
                InetSocketAddress address =
                        new InetSocketAddress(value.substring(0, colon), Integer.parseInt(value.substring(colon + 1)));
                if (address.isUnresolved()) {
                    throw new TypeConversionException("no host is called " + address.getHostString());
                }
                return address;
            } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
                throw wrong("an address such as 0.0.0.0:8080", value);
            }
        }
    }

    private static TypeConversionException wrong(String right, String value) {
        return new TypeConversionException("it is " + right + ", not " + value);
    }
}
