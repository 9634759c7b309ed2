package wscope.protocol.handshake;

import java.util.List;
import wscope.protocol.deflate.ExtensionParameter;

/**
 * One element of Sec-WebSocket-Extensions (RFC 6455 §9.1).
 *
 * @param name the name, such as {@code permessage-deflate}
 * @param parameters the parameters, in their order
 */
public record Extension(String name, List<ExtensionParameter> parameters) {}
