package wscope.check;

import java.util.function.Supplier;
import wscope.connect.DialSettings;
import wscope.connect.Target;
import wscope.protocol.handshake.HttpRequest;

/**
 * How to reach the server that is checked.
 *
 * @param requests creates a correct request with a fresh key and without extensions
 */
public record ServerSettings(Target target, DialSettings dial, Supplier<HttpRequest> requests) {}
