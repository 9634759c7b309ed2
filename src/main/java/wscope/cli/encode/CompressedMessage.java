package wscope.cli.encode;

import wscope.protocol.deflate.Compression;
import wscope.protocol.deflate.MessageDeflater;
import wscope.protocol.frame.RsvBits;
import wscope.protocol.message.Framing;
import wscope.protocol.message.OutgoingMessage;
import wscope.protocol.message.PayloadBuffer;
import wscope.protocol.rule.Endpoint;

/** Compresses a message as permessage-deflate does (RFC 7692 §7.2.1). */
final class CompressedMessage {
  private CompressedMessage() {}

  /** Compresses a message and sets RSV1 in its first frame (§6). */
  static OutgoingMessage of(OutgoingMessage message, Compression compression) {
    Framing framing = message.framing();
    Endpoint sender = framing.masked() ? Endpoint.CLIENT : Endpoint.SERVER;
    PayloadBuffer compressed = new PayloadBuffer(compression.pool());
    try (MessageDeflater deflater =
        new MessageDeflater(compression.agreed(), sender, compression.pool())) {
      deflater.deflate(message.payload().duplicate(), true, (slice, last) -> compressed.add(slice));
    }
    return message.payload(compressed.content()).framing(framing.rsv(framing.rsv() | RsvBits.RSV1));
  }
}
